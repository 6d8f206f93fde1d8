import { type Bitmap, BUCKET_MS, bucketsSet, setBit } from "../base/bitmap.ts";
import type { Instant } from "../base/instant.ts";
import type { Event, EventOf } from "../events/event.ts";
import type { Projection } from "./projection.ts";
import { firstOf, lastOf, type Moment, momentOf, type Register, write } from "./register.ts";

/** How far an attempt said that it had come. */
export type Progress = NonNullable<EventOf<"attempt.beat">["progress"]>;

/** The beats of one attempt. */
export interface LifeSigns {
  readonly attemptId: string;
  readonly firstBeat?: Moment;
  readonly lastBeat?: Moment;
  readonly lastReceivedAt?: Instant;
  /** Which 5 s buckets of their clock had a beat. */
  readonly beats: Bitmap;
  /** A beat was promised at least every so many ms. */
  readonly intervalMs?: Register<number>;
  /** The furthest progress, and the earliest beat that told of it: since then nothing moved. */
  readonly progress?: Register<Progress>;
  readonly cpuSeconds?: Register<number>;
  /** The most that it had used of the processor, in whole steps, and the earliest beat that told of it. */
  readonly cpuStep?: Register<number>;
  readonly rssBytes?: Register<number>;
}

export const lifeProjection: Projection<LifeSigns> = {
  name: "life-signs",
  initial: (attemptId) => ({ attemptId, beats: {} }),
  evolve: (life, event) => evolve(life, event),
};

function evolve(life: LifeSigns, event: Event): LifeSigns {
  switch (event.type) {
    case "beat.promised":
      return { ...life, intervalMs: write(life.intervalMs, event, event.intervalMs) };
    case "attempt.beat":
      return {
        ...life,
        firstBeat: firstOf(life.firstBeat, momentOf(event)),
        lastBeat: lastOf(life.lastBeat, momentOf(event)),
        lastReceivedAt: Math.max(life.lastReceivedAt ?? event.receivedAt, event.receivedAt) as Instant,
        beats: setBit(life.beats, event.occurredAt),
        ...(event.progress && {
          progress: furthest(life.progress, { ...momentOf(event), value: event.progress }),
        }),
        ...(event.cpuSeconds !== undefined && {
          cpuSeconds: write(life.cpuSeconds, event, event.cpuSeconds),
          cpuStep: greatest(life.cpuStep, {
            ...momentOf(event),
            value: Math.floor(event.cpuSeconds / CPU_STEP),
          }),
        }),
        ...(event.rssBytes !== undefined && { rssBytes: write(life.rssBytes, event, event.rssBytes) }),
      };
    default:
      return life; // Only these two speak of beats; attempt-state.ts answers for the others.
  }
}

/** The greater progress wins; of equal ones the earlier, for that is when it last changed. */
function furthest(a: Register<Progress> | undefined, b: Register<Progress>): Register<Progress> {
  if (a === undefined || b.value.done > a.value.done) return b;
  return b.value.done === a.value.done ? firstOf(a, b) : a;
}

/** Seconds of processor that count as work: a process that only beats takes an hour and more for them. */
export const CPU_STEP = 10;

function greatest(a: Register<number> | undefined, b: Register<number>): Register<number> {
  if (a === undefined || b.value > a.value) return b;
  return b.value === a.value ? firstOf(a, b) : a;
}

/** A stretch without beats between two beats. */
export interface Gap {
  readonly from: Instant;
  readonly to: Instant;
}

/** The stretches between beats that are longer than `longest` ms, by the buckets (so to within 5 s). */
export function gapsBetweenBeats(beats: Bitmap, longest: number): Gap[] {
  const starts = bucketsSet(beats);
  const gaps: Gap[] = [];
  for (let i = 1; i < starts.length; i++) {
    const from = (starts[i - 1] ?? 0) + BUCKET_MS;
    const to = starts[i] ?? 0;
    if (to - from > longest) gaps.push({ from: from as Instant, to: to as Instant });
  }
  return gaps;
}

/**
 * The beat interval that an attempt keeps without having promised it, in ms: the median distance of its beats,
 * where it beat five times or more and no two distances differ by more than half of it. Otherwise undefined.
 * Five is the fewest that tell a rhythm from a coincidence (guard 2).
 */
export function learnedIntervalMs(beats: Bitmap): number | undefined {
  return evenDistance(bucketsSet(beats));
}

/** As many beats tell what rhythm is kept of late. */
const OF_LATE = 12;

/** The same of its latest beats alone: what it keeps now, whatever it kept before. */
export function lateIntervalMs(beats: Bitmap): number | undefined {
  return evenDistance(bucketsSet(beats).slice(-OF_LATE));
}

function evenDistance(starts: readonly number[]): number | undefined {
  if (starts.length < 5) return undefined;
  const distances = starts.slice(1).map((start, i) => start - (starts[i] ?? 0));
  const sorted = [...distances].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? BUCKET_MS;
  const slack = Math.max(median / 2, BUCKET_MS);
  const regular = distances.filter((d) => Math.abs(d - median) <= slack).length;
  return regular / distances.length >= 0.8 ? median : undefined;
}
