import { type Bitmap, BUCKET_MS, bucketsSet, NO_BEATS, setBit } from "../base/bitmap.ts";
import type { Instant } from "../base/instant.ts";
import type { EventOf } from "../events/event.ts";
import type { Projection } from "./projection.ts";
import { firstOf, lastOf, type Moment, momentOf, type Register } from "./register.ts";

/** How far an attempt said that it had come. */
export type Progress = NonNullable<EventOf<"attempt.beat">["progress"]>;

/** What an attempt's beats said, save when each of them was. */
export interface Signs {
  readonly firstBeat?: Moment;
  readonly lastBeat?: Moment;
  readonly lastReceivedAt?: Instant;
  /** A beat was promised at least every so many ms. */
  readonly intervalMs?: Register<number>;
  /** The furthest progress, and the earliest beat that told of it: since then nothing moved. */
  readonly progress?: Register<Progress>;
  readonly cpuSeconds?: Register<number>;
  /** The most that it had used of the processor, in whole steps, and the earliest beat that told of it. */
  readonly cpuStep?: Register<number>;
  readonly rssBytes?: Register<number>;
}

/** The beats of one attempt. */
export interface LifeSigns extends Signs {
  readonly attemptId: string;
  /** Which 5 s buckets of their clock had a beat. */
  readonly beats: Bitmap;
}

export const lifeProjection: Projection<LifeSigns> = {
  name: "life-signs",
  initial: (attemptId) => ({ attemptId, beats: NO_BEATS }),
  evolve: (life, event) => {
    switch (event.type) {
      case "beat.promised":
        return {
          ...life,
          ...joinSigns(life, { intervalMs: { ...momentOf(event), value: event.intervalMs } }),
        };
      case "attempt.beat":
        return {
          ...life,
          ...joinSigns(life, signsOf(momentOf(event), event)),
          beats: setBit(life.beats, event.occurredAt),
        };
      default:
        return life; // Only these two speak of beats; attempt-state.ts answers for the others.
    }
  },
};

/** What a beat may say. */
export interface Beaten {
  readonly progress?: Progress | undefined;
  readonly cpuSeconds?: number | undefined;
  readonly rssBytes?: number | undefined;
  readonly intervalMs?: number | undefined;
}

/** What at least one beat said. */
export type BeatenSigns = Signs & Required<Pick<Signs, "firstBeat" | "lastBeat" | "lastReceivedAt">>;

/** The signs of one beat. */
export function signsOf(moment: Moment, beat: Beaten): BeatenSigns {
  const { progress, cpuSeconds, rssBytes, intervalMs } = beat;
  const { at, receivedAt, messageId } = moment;
  const signs: Writable<BeatenSigns> = {
    firstBeat: moment,
    lastBeat: moment,
    lastReceivedAt: receivedAt,
  };
  if (intervalMs !== undefined) signs.intervalMs = { at, receivedAt, messageId, value: intervalMs };
  if (progress) signs.progress = { at, receivedAt, messageId, value: progress };
  if (cpuSeconds !== undefined) {
    signs.cpuSeconds = { at, receivedAt, messageId, value: cpuSeconds };
    signs.cpuStep = { at, receivedAt, messageId, value: Math.floor(cpuSeconds / CPU_STEP) };
  }
  if (rssBytes !== undefined) signs.rssBytes = { at, receivedAt, messageId, value: rssBytes };
  return signs;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** What the signs of some beats and of others come to together. */
export function joinSigns(a: Signs, b: BeatenSigns): BeatenSigns;
export function joinSigns(a: Signs, b: Signs): Signs;
export function joinSigns(a: Signs, b: Signs): Signs {
  const signs: Writable<Signs> = {};
  const firstBeat = join(firstOf, a.firstBeat, b.firstBeat);
  const lastBeat = join(lastOf, a.lastBeat, b.lastBeat);
  const lastReceivedAt = join(later, a.lastReceivedAt, b.lastReceivedAt);
  const intervalMs = join(lastOf, a.intervalMs, b.intervalMs);
  const progress = join(furthest, a.progress, b.progress);
  const cpuSeconds = join(lastOf, a.cpuSeconds, b.cpuSeconds);
  const cpuStep = join(greatest, a.cpuStep, b.cpuStep);
  const rssBytes = join(lastOf, a.rssBytes, b.rssBytes);
  if (firstBeat) signs.firstBeat = firstBeat;
  if (lastBeat) signs.lastBeat = lastBeat;
  if (lastReceivedAt !== undefined) signs.lastReceivedAt = lastReceivedAt;
  if (intervalMs) signs.intervalMs = intervalMs;
  if (progress) signs.progress = progress;
  if (cpuSeconds) signs.cpuSeconds = cpuSeconds;
  if (cpuStep) signs.cpuStep = cpuStep;
  if (rssBytes) signs.rssBytes = rssBytes;
  return signs;
}

function join<T>(which: (a: T, b: T) => T, a: T | undefined, b: T | undefined): T | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return which(a, b);
}

function later(a: Instant, b: Instant): Instant {
  return a > b ? a : b;
}

/** The greater progress wins; of equal ones the earlier, for that is when it last changed. */
function furthest(a: Register<Progress>, b: Register<Progress>): Register<Progress> {
  if (b.value.done !== a.value.done) return b.value.done > a.value.done ? b : a;
  return firstOf(a, b);
}

/** Seconds of processor that count as work: a process that only beats takes an hour and more for them. */
export const CPU_STEP = 10;

function greatest(a: Register<number>, b: Register<number>): Register<number> {
  if (b.value !== a.value) return b.value > a.value ? b : a;
  return firstOf(a, b);
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
