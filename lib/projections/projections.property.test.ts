import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Event, event } from "../events/event.ts";
import { assembleRun } from "./assemble-run.ts";
import { attemptProjection } from "./attempt-state.ts";
import { lifeProjection } from "./life-signs.ts";
import { packLife, unpackLife } from "./packed-life.ts";
import { project } from "./projection.ts";

const ROOT = "root";
const IDS = [ROOT, "a1", "a2", "b", "c"] as const;
const JOBS: Record<string, string> = { root: "p", a1: "p.a", a2: "p.a", b: "p.b", c: "p.b.c" };
const PARENTS: Record<string, string> = { a1: ROOT, a2: ROOT, b: ROOT, c: "b" };

const seconds = fc.integer({ min: 0, max: 7_200 });
const dataset = fc.record({ namespace: fc.constant("file"), name: fc.constantFrom("x", "y", "z") });

/** What an event says, without its envelope. Job and parent are the attempt's own: a source does not change its mind. */
function saying(attemptId: string): fc.Arbitrary<Record<string, unknown>> {
  const parent = PARENTS[attemptId];
  return fc.oneof(
    fc.constant({
      type: "attempt.observed",
      job: { namespace: "n", name: JOBS[attemptId] },
      ...(parent !== undefined && { parent: { attemptId: parent }, root: { attemptId: ROOT } }),
    }),
    fc.record({
      type: fc.constant("attempt.observed"),
      job: fc.constant({ namespace: "n", name: JOBS[attemptId] }),
      number: fc.integer({ min: 1, max: 3 }),
    }),
    fc.record({
      type: fc.constant("attempt.observed"),
      job: fc.constant({ namespace: "n", name: JOBS[attemptId] }),
      codeVersion: fc.constantFrom("1f0c", "2a1d"),
      parameters: fc.record({ epochs: fc.constantFrom("40", "50") }),
    }),
    fc.constant({ type: "attempt.started" }),
    fc.record({
      type: fc.constant("attempt.ended"),
      outcome: fc.constantFrom("completed", "failed", "aborted"),
    }),
    fc.record({
      type: fc.constant("attempt.beat"),
      progress: fc.record({ done: fc.integer({ min: 0, max: 9 }) }),
      cpuSeconds: fc.integer({ min: 0, max: 50 }),
    }),
    fc.constant({ type: "attempt.noted" }),
    fc.record({
      type: fc.constant("state.told"),
      state: fc.constantFrom("Running", "RUNNING", "CancelRequested"),
    }),
    fc.record({ type: fc.constant("beat.promised"), intervalMs: fc.constantFrom(2_000, 10_000) }),
    fc.record({ type: fc.constant("output.declared"), dataset }),
    fc.record({
      type: fc.constant("output.written"),
      dataset,
      shownBy: fc.constantFrom("statistics", "version", "state"),
      sizeBytes: fc.nat(99),
    }),
    fc.record({ type: fc.constant("output.grew"), dataset, sizeBytes: fc.nat(99) }),
    fc.record({ type: fc.constant("input.read"), dataset }),
    fc.record({
      type: fc.constant("columns.told"),
      dataset,
      as: fc.constantFrom("input", "output"),
      columns: fc.subarray([{ name: "id", type: "int" }, { name: "price" }]),
    }),
    fc.record({
      type: fc.constant("dataset.checked"),
      dataset,
      assertion: fc.constantFrom("not_null", "unique"),
      success: fc.boolean(),
    }),
    fc.record({
      type: fc.constant("plan.declared"),
      nodes: fc.subarray([
        { key: "a", expectsEvents: true },
        { key: "b", expectsEvents: true },
        { key: "d", expectsEvents: false },
      ]),
      edges: fc.subarray([
        { from: "a", to: "b" },
        { from: "b", to: "d" },
        { from: "a", to: "d" },
      ]),
    }),
    fc.record({
      type: fc.constant("cache.decided"),
      status: fc.constantFrom("HIT", "MISS", "POPULATED"),
      components: fc.subarray([
        { name: "f.py", kind: "code", digest: "1" },
        { name: "g.py", kind: "code", digest: "2" },
      ]),
    }),
    fc.record({
      type: fc.constant("wait.reported"),
      kind: fc.constantFrom("queue", "lock"),
      // More than are kept.
      on: fc.integer({ min: 0, max: 40 }).map((place) => `place ${place}`),
    }),
    fc.record({ type: fc.constant("compute.reported"), kind: fc.constantFrom("evicted", "job-succeeded") }),
    fc.record({ type: fc.constant("process.reported"), host: fc.constantFrom("h1", "h2") }),
    fc.record({ type: fc.constant("process.reported"), lastLogAt: fc.integer({ min: 0, max: 99 }) }),
    fc.record({
      type: fc.constant("dataset.checked"),
      assertion: fc.constantFrom("not_null", "unique"),
      success: fc.boolean(),
    }),
    fc.record({ type: fc.constant("process.reported"), exitCode: fc.constantFrom(0, 1, 137) }),
    fc.record({
      type: fc.constant("ingest.noted"),
      path: fc.constantFrom("run", "job"),
      reason: fc.constantFrom("r1", "r2"),
    }),
  );
}

/** A log: every event passes the schema, so that it could not be written otherwise by the product. */
const log: fc.Arbitrary<Event[]> = fc.array(
  fc.constantFrom(...IDS).chain((attemptId) =>
    fc
      .tuple(saying(attemptId), seconds, seconds, fc.integer({ min: 0, max: 40 }))
      .map(([said, occurred, lag, message]) =>
        event.parse({
          ...said,
          attemptId,
          source: "s",
          messageId: `m${String(message).padStart(2, "0")}`,
          occurredAt: occurred * 1000,
          receivedAt: (occurred + lag) * 1000,
        }),
      ),
  ),
  { maxLength: 40 },
);

function fold(events: readonly Event[]) {
  return IDS.map((id) => {
    const own = events.filter((e) => e.attemptId === id);
    return {
      state: project(attemptProjection, attemptProjection.initial(id), own),
      life: project(lifeProjection, lifeProjection.initial(id), own),
    };
  });
}

describe("the projections", () => {
  it("give the same for any order of the log", () => {
    fc.assert(
      fc.property(
        log.chain((events) =>
          fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
        ),
        ([events, shuffled]) => {
          expect(fold(shuffled)).toEqual(fold(events));
        },
      ),
      { numRuns: 300 },
    );
  });

  it("give the same for any repetition of it", () => {
    fc.assert(
      fc.property(
        log.chain((events) => fc.tuple(fc.constant(events), fc.subarray(events))),
        ([events, again]) => {
          expect(fold([...events, ...again])).toEqual(fold(events));
        },
      ),
      { numRuns: 300 },
    );
  });

  it("give the same when catching up as when rebuilding, even through what the store keeps", () => {
    fc.assert(
      fc.property(log, fc.nat(40), (events, at) => {
        const caughtUp = fold(events.slice(0, at)).map(({ state, life }) => {
          const kept: typeof state = JSON.parse(JSON.stringify(state));
          const rest = events.slice(at).filter((e) => e.attemptId === state.id);
          return {
            state: project(attemptProjection, kept, rest),
            life: project(lifeProjection, unpackLife(state.id, packLife(life)), rest),
          };
        });
        expect(JSON.parse(JSON.stringify(caughtUp))).toEqual(JSON.parse(JSON.stringify(fold(events))));
      }),
      { numRuns: 300 },
    );
  });

  it("assemble the same run from the attempts in any order", () => {
    fc.assert(
      fc.property(
        log.chain((events) =>
          fc.tuple(fc.constant(fold(events)), fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 })),
        ),
        ([attempts, order]) => {
          const shuffled = order.flatMap((i) => attempts[i] ?? []);
          expect(assembleRun(ROOT, shuffled)).toEqual(assembleRun(ROOT, attempts));
        },
      ),
      { numRuns: 200 },
    );
  });
});
