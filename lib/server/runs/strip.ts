import { BUCKET_MS, bucketsSet } from "../../base/bitmap.ts";
import type { Instant } from "../../base/instant.ts";
import type { StripSegment } from "../../contract/runs.ts";
import { suspectAfterMs } from "../../diagnosis/beat-limits.ts";
import type { Policy } from "../../diagnosis/policy.ts";
import { rhythmOf } from "../../projections/attempt-view.ts";
import type { AttemptView } from "../../projections/run-view.ts";

/** The most segments of a strip: more than a strip has pixels for is of no use. */
const MOST = 48;

/**
 * The life line of an attempt as stretches with and without beats, as parts of the time from its start to its end
 * or now. A silence is a gap where the verdict would call it suspect; an attempt that
 * never beat has no strip, since its silence says nothing.
 */
export function stripOf(attempt: AttemptView, now: Instant, policy: Policy): StripSegment[] {
  const beats = bucketsSet(attempt.life.beats);
  const start = attempt.startedAt ?? beats[0];
  const first = beats[0];
  if (start === undefined || first === undefined) return [];
  const isOpen = attempt.status === "running" || attempt.status === "waiting";
  const end = Math.max(attempt.endedAt ?? (isOpen ? now : (beats.at(-1) ?? now)), start + 1);
  const part = (ms: number) => Math.min(1, Math.max(0, (ms - start) / (end - start)));
  const kind = isOpen ? "beat" : "dim";
  const rhythm = rhythmOf(attempt.state, attempt.life);
  // Without a rhythm each beat stands for itself, and a silence is no gap: nothing was due.
  if (!rhythm)
    return beats.slice(-MOST).map((beat) => ({ from: part(beat), to: part(beat + BUCKET_MS), kind }));
  const longest = suspectAfterMs(rhythm.intervalMs, policy);

  const segments: StripSegment[] = [];
  let from: number = first;
  let last = first;
  const close = (to: number) => segments.push({ from: part(from), to: part(to), kind });
  for (const beat of beats.slice(1)) {
    if (beat - last > longest + BUCKET_MS) {
      close(last + BUCKET_MS);
      segments.push({ from: part(last + BUCKET_MS), to: part(beat), kind: "gap" });
      from = beat;
    }
    last = beat;
  }
  const seen = Math.max(last + BUCKET_MS, attempt.life.lastBeat?.at ?? 0);
  if (isOpen && now - seen > longest) {
    close(seen);
    segments.push({ from: part(seen), to: 1, kind: "gap" });
  } else close(end);
  return segments.slice(-MOST);
}
