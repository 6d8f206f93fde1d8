import type { Instant } from "../../base/instant.ts";
import type { Diagnosis } from "../../diagnosis/verdict.ts";

const MINUTE = 60_000;

/**
 * When to look again: as soon as time alone may change the answer, and before that whenever the durations in its
 * words would read otherwise ("silent for 11s"), which is the rarer the older they are.
 */
export function nextLook({ since, nextChangeAt }: Diagnosis, at: Instant): Instant | null {
  if (since === null) return nextChangeAt;
  return earlier(nextChangeAt, at + wordsHoldFor(at - since));
}

/** Between two looks at a run that was only to be worded anew there is so many times as long as one takes. */
const REST_TIMES = 40;
/** But no longer than this. */
const LONGEST_REST = 5 * MINUTE;

/**
 * Until when an answer reads as it would if it were given anew, as far as time alone changes it; null: for ever. The
 * youngest thing that it speaks of decides: what is older is told in larger steps. Where it takes long to give (`took`,
 * ms) the durations in it may be older; what they say of may not.
 */
export function readsTheSameUntil(diagnosis: Diagnosis, took: number): Instant | null {
  const { at, asOf, state, verdicts, nextChangeAt } = diagnosis;
  if (state === "finished" && verdicts.length === 0) return null;
  const spokenOf = verdicts.flatMap(({ since, evidence }) => [since, ...evidence.map((e) => e.at)]);
  let youngest: number = asOf ?? at;
  // What stands at the instant itself tells of a silence that lasts.
  for (const instant of spokenOf) if (instant < at && instant > youngest) youngest = instant;
  return earlier(
    nextChangeAt,
    at + Math.max(wordsHoldFor(at - youngest), Math.min(REST_TIMES * took, LONGEST_REST)),
  );
}

/**
 * When to look again at a run whose answer is kept whole: before its words would read otherwise, by as long as a look
 * takes, so that there is always one that holds; but not before what they say may change.
 */
export function lookAhead(diagnosis: Diagnosis, took: number): Instant | null {
  const { at, nextChangeAt } = diagnosis;
  const until = readsTheSameUntil(diagnosis, took);
  if (until === null || diagnosis.state === "finished" || until === nextChangeAt) return nextChangeAt;
  return Math.max(at + (until - at) / 2, until - 2 * took - 500) as Instant;
}

/** For how long the words for what is so old are near enough, ms. */
function wordsHoldFor(age: number): number {
  if (age < 2 * MINUTE) return 5_000;
  if (age < 60 * MINUTE) return MINUTE;
  return age < 24 * 60 * MINUTE ? 10 * MINUTE : 60 * MINUTE;
}

function earlier(a: Instant | null, b: number): Instant {
  return Math.min(a ?? Number.POSITIVE_INFINITY, b) as Instant;
}
