import { expect, it } from "vitest";
import type { Instant } from "../../base/instant.ts";
import type { Diagnosis } from "../../diagnosis/verdict.ts";
import { lookAhead, readsTheSameUntil } from "./next-look.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const at = (10 * 60 * MINUTE) as Instant;

/** An answer about a run that was last heard so long ago, ms. */
const answer = (heardAgo: number, more: Partial<Diagnosis> = {}): Diagnosis => ({
  ...{ runId: "r", at, asOf: (at - heardAgo) as Instant, state: "stuck", headline: "", since: null },
  ...{ blockers: [], verdicts: [], unlisted: [], sources: [], waitsFor: [], broken: [], nextChangeAt: null },
  ...more,
});
const held = (diagnosis: Diagnosis, took = 0) => (readsTheSameUntil(diagnosis, took) ?? Infinity) - at;
const looked = (diagnosis: Diagnosis, took = 0) => (lookAhead(diagnosis, took) ?? Infinity) - at;

it("is told in larger steps the older the youngest thing is that it speaks of", () => {
  expect(held(answer(MINUTE))).toBe(5 * SECOND);
  expect(held(answer(2 * MINUTE))).toBe(MINUTE);
  expect(held(answer(60 * MINUTE))).toBe(10 * MINUTE);
});

it("is not the younger for a silence that lasts", () => {
  const evidence = (instant: number) => [
    { at: instant as Instant, kind: "gap" as const, text: "Nothing so far", eventId: null },
  ];
  const silent = (instant: number) =>
    answer(60 * MINUTE, {
      verdicts: [
        {
          ...{ rule: "r", ruleClass: "stuck", nodeKey: "a", attempt: null, claim: "", short: "" },
          ...{ certainty: "likely", since: (at - 60 * MINUTE) as Instant, evidence: evidence(instant) },
          ...{ missing: [], ruledOut: [], unblock: [], policy: [] },
        },
      ],
    });
  expect(held(silent(at))).toBe(10 * MINUTE);
  expect(held(silent(at - SECOND))).toBe(5 * SECOND);
});

it("holds no longer than until time changes what it says, however long it took", () => {
  const changes = answer(60 * MINUTE, { nextChangeAt: (at + 7 * SECOND) as Instant });
  expect(held(changes, MINUTE)).toBe(7 * SECOND);
  expect(looked(changes, MINUTE)).toBe(7 * SECOND);
});

it("may be worded as of some time ago where it takes long to give", () => {
  expect(held(answer(MINUTE), SECOND)).toBe(40 * SECOND);
  expect(held(answer(MINUTE), MINUTE)).toBe(5 * MINUTE);
});

it("holds for ever where the run has finished and nothing is noted of it", () => {
  expect(held(answer(MINUTE, { state: "finished" }))).toBe(Infinity);
});

it("is given anew before the one before ends, by as long as that takes", () => {
  expect(looked(answer(3 * MINUTE), SECOND)).toBe(57.5 * SECOND);
  expect(looked(answer(MINUTE))).toBe(4.5 * SECOND);
});
