/**
 * Beats by the thousand are not folded one event at a time: those of an attempt are first added up, in any order and
 * any number of parts, and the sum is folded into its life line at once.
 */
import { bucketOf, withBuckets } from "../base/bitmap.ts";
import type { Instant } from "../base/instant.ts";
import { type Beaten, type BeatenSigns, joinSigns, type LifeSigns, signsOf } from "./life-signs.ts";

/** What some beats of one attempt come to. */
export interface BeatSum {
  readonly attemptId: string;
  readonly signs: BeatenSigns;
  /** The buckets that they fell into, as they came. */
  readonly buckets: readonly number[];
  /** How many they were, repeated ones included. */
  readonly beats: number;
}

/** Adds up beats of many attempts that were received at one time, and that no message told of. */
export class BeatSums {
  readonly #sums = new Map<
    string,
    { attemptId: string; signs: BeatenSigns; buckets: number[]; beats: number }
  >();
  readonly #receivedAt: Instant;

  constructor(receivedAt: Instant) {
    this.#receivedAt = receivedAt;
  }

  add(attemptId: string, at: Instant, beat: Beaten): void {
    const signs = signsOf({ at, receivedAt: this.#receivedAt, messageId: "" }, beat);
    const known = this.#sums.get(attemptId);
    if (!known) {
      this.#sums.set(attemptId, { attemptId, signs, buckets: [bucketOf(at)], beats: 1 });
      return;
    }
    known.signs = joinSigns(known.signs, signs);
    known.buckets.push(bucketOf(at));
    known.beats += 1;
  }

  /** One for each attempt. */
  get all(): BeatSum[] {
    return [...this.#sums.values()];
  }
}

/** The sums of several lots of beats, by attempt. */
export function joinSums(lots: readonly (readonly BeatSum[])[]): Map<string, BeatSum> {
  const joined = new Map<string, BeatSum>();
  for (const lot of lots) {
    for (const sum of lot) {
      const known = joined.get(sum.attemptId);
      joined.set(sum.attemptId, known ? joinTwo(known, sum) : sum);
    }
  }
  return joined;
}

function joinTwo(a: BeatSum, b: BeatSum): BeatSum {
  return {
    attemptId: a.attemptId,
    signs: joinSigns(a.signs, b.signs),
    buckets: a.buckets.concat(b.buckets),
    beats: a.beats + b.beats,
  };
}

/** The life line with the beats of a sum, as if each had been folded into it. */
export function withBeats(life: LifeSigns, sum: BeatSum): LifeSigns {
  return {
    attemptId: life.attemptId,
    ...joinSigns(life, sum.signs),
    beats: withBuckets(life.beats, sum.buckets),
  };
}
