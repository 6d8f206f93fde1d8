import { BUCKET_MS } from "../base/bitmap.ts";
import type { Instant } from "../base/instant.ts";
import { maySetRhythm, rhythmOf } from "../projections/attempt-view.ts";
import { lateIntervalMs } from "../projections/life-signs.ts";
import type { AttemptView } from "../projections/run-view.ts";
import { deadAfterMs, suspectAfterMs } from "./beat-limits.ts";
import type { ClockFacts } from "./clock-facts.ts";
import type { Policy } from "./policy.ts";
import type { Deaf, PastAttempt } from "./verdict.ts";

/**
 * none     no beat was promised or learned: its silence proves nothing (guard 2)
 * alive    the last sign is no older than two intervals and the slack
 * suspect  older than two, not yet than three
 * dead     older than three
 */
export type BeatState = "none" | "alive" | "suspect" | "dead";

export interface BeatFacts {
  readonly state: BeatState;
  readonly intervalMs: number | undefined;
  readonly origin: "promised" | "learned" | "history" | undefined;
  /** On our clock. */
  readonly lastBeatAt: Instant | undefined;
  readonly lastSignAt: Instant | undefined;
  /** ms since the last sign of life of any kind. */
  readonly silentMs: number;
  readonly suspectAt: Instant | undefined;
  readonly deadAt: Instant | undefined;
}

/** Whether an attempt keeps a rhythm, and whether it still does. Silence is counted only while we listened. */
export function beatFacts(
  attempt: AttemptView | undefined,
  clock: ClockFacts | undefined,
  history: readonly PastAttempt[],
  now: Instant,
  policy: Policy,
  deaf: Deaf | undefined,
): BeatFacts {
  const lastSignAt = clock?.lastSignAt;
  const told = attempt && rhythmFor(attempt, history);
  const isLate =
    told && lastSignAt !== undefined && now - lastSignAt >= suspectAfterMs(told.intervalMs, policy);
  const rhythm = isLate ? keptRather(told, attempt) : told;
  const lastBeat = attempt?.life.lastBeat;
  const lastBeatAt =
    lastBeat && clock
      ? clock.imported
        ? clock.ours(lastBeat.at)
        : (attempt.life.lastReceivedAt ?? lastBeat.receivedAt)
      : undefined;
  const silentMs = lastSignAt === undefined ? 0 : now - lastSignAt;
  if (!rhythm || lastSignAt === undefined) {
    return {
      state: "none",
      intervalMs: undefined,
      origin: undefined,
      lastBeatAt,
      lastSignAt,
      silentMs,
      suspectAt: undefined,
      deadAt: undefined,
    };
  }
  const unheardMs = clock?.imported ? 0 : deafFor(deaf, lastSignAt, now);
  const suspectAt = (lastSignAt + unheardMs + suspectAfterMs(rhythm.intervalMs, policy)) as Instant;
  const deadAt = (lastSignAt + unheardMs + deadAfterMs(rhythm.intervalMs, policy)) as Instant;
  const state = now >= deadAt ? "dead" : now >= suspectAt ? "suspect" : "alive";
  return { state, ...rhythm, lastBeatAt, lastSignAt, silentMs, suspectAt, deadAt };
}

/**
 * What beats for a while slower than it promised is busy, not dead: its silence is measured by the rhythm that it keeps.
 * Looked at only where it is late by its promise; a bucket of beats is 5 s wide, so small differences are none.
 */
function keptRather(told: Rhythm, { state, life }: AttemptView): Rhythm {
  if (told.origin !== "promised" || !maySetRhythm(state)) return told;
  const kept = lateIntervalMs(life.beats);
  return kept !== undefined && kept - BUCKET_MS > told.intervalMs * CLEARLY
    ? { intervalMs: kept, origin: "learned" }
    : told;
}

const CLEARLY = 1.5;

interface Rhythm {
  readonly intervalMs: number;
  readonly origin: "promised" | "learned" | "history";
}

/** For how long of the time from a last sign to now we were not there, ms. */
function deafFor(deaf: Deaf | undefined, since: Instant, now: Instant): number {
  return deaf === undefined ? 0 : Math.max(0, Math.min(deaf.to, now) - Math.max(deaf.from, since));
}

function rhythmFor(attempt: AttemptView, history: readonly PastAttempt[]): Rhythm | undefined {
  const own = rhythmOf(attempt.state, attempt.life);
  if (own || !maySetRhythm(attempt.state)) return own;
  // The newest earlier attempt that really ran decides: one that was reused had nothing to beat for.
  const past = history.find((p) => !p.reused);
  return past?.beatIntervalMs ? { intervalMs: past.beatIntervalMs, origin: "history" } : undefined;
}
