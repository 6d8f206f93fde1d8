import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aRun, type RunLog } from "../testing/a-run.ts";
import { diagnose } from "./diagnose.ts";
import { defaultPolicy } from "./policy.ts";
import { rules } from "./rules/index.ts";

const TASKS = ["a", "b", "c", "grp", "grp/x", "m[0]", "m[1]"];
type Step = (log: RunLog) => RunLog;

const task = fc.constantFrom(...TASKS);
const at = fc.integer({ min: 0, max: 1200 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc
    .record({
      task,
      at,
      number: fc.integer({ min: 1, max: 3 }),
      promises: fc.option(fc.constantFrom(5, 10, 60), { nil: undefined }),
      streaming: fc.boolean(),
      declares: fc.boolean(),
    })
    .map(
      (s): Step =>
        (log) =>
          log.taskStarts(s.task, s.at, {
            number: s.number,
            maxAttempts: 2,
            ...(s.promises !== undefined && { promises: s.promises }),
            ...(s.streaming && { processing: "streaming" as const }),
            ...(s.declares && { outputs: ["x"] }),
          }),
    ),
  fc.record({ task, at, every: fc.constantFrom(5, 10, 60) }).map(
    (s): Step =>
      (log) =>
        log.beats(s.task, { from: s.at, to: s.at + 6 * s.every, every: s.every }),
  ),
  fc.record({ task, at, modifiedAt: fc.integer({ min: -3000, max: 1200 }) }).map(
    (s): Step =>
      (log) =>
        log.writes(s.task, "x", s.at, { modifiedAt: s.modifiedAt }),
  ),
  fc.record({ task, at }).map(
    (s): Step =>
      (log) =>
        log.completes(s.task, s.at),
  ),
  fc.record({ task, at }).map(
    (s): Step =>
      (log) =>
        log.fails(s.task, s.at),
  ),
  fc.record({ task, at }).map(
    (s): Step =>
      (log) =>
        log.waits(s.task, s.at),
  ),
  fc.record({ task, at }).map(
    (s): Step =>
      (log) =>
        log.grows(s.task, "x", s.at),
  ),
  fc.record({ task, at }).map(
    (s): Step =>
      (log) =>
        log.cache(s.task, "MISS", s.at, { code: "1" }),
  ),
  fc.record({ task, at, kind: fc.constantFrom("node-lost", "oom-killed", "job-failed", "image-pull") }).map(
    (s): Step =>
      (log) =>
        log.compute(s.task, s.kind, s.at),
  ),
  fc.record({ task, at, state: fc.constantFrom("CancelRequested", "Queued", "Running", "Finalizing") }).map(
    (s): Step =>
      (log) =>
        log.tells(s.task, s.state, s.at),
  ),
  fc.record({ task, at, kind: fc.constantFrom("queue", "lock", "retry", "image"), until: at }).map(
    (s): Step =>
      (log) =>
        log.waitsFor(s.task, s.at, { kind: s.kind, until: s.until }),
  ),
  fc.record({ task, at, logTail: fc.constantFrom("Killed", "read timed out") }).map(
    (s): Step =>
      (log) =>
        log.process(s.task, s.at, { logTail: s.logTail }),
  ),
  fc.record({ task, at, success: fc.boolean() }).map(
    (s): Step =>
      (log) =>
        log.checks(s.task, "x", s.at, { success: s.success }),
  ),
  fc.record({ task, at, columns: fc.constantFrom("a int", "a text") }).map(
    (s): Step =>
      (log) =>
        log.columns(s.task, "output", "x", s.columns, s.at).columns(s.task, "input", "y", s.columns, s.at),
  ),
  fc.record({ task, at, cpu: fc.integer({ min: 0, max: 99 }) }).map(
    (s): Step =>
      (log) =>
        log
          .beats(s.task, { from: s.at, to: s.at + 40, every: 10, cpu: s.cpu })
          .process(s.task, s.at, { lastLogAt: s.at }),
  ),
  fc.record({ task, took: fc.integer({ min: 1, max: 900 }) }).map(
    (s): Step =>
      (log) => {
        for (let i = 0; i < 5; i++)
          log.past(s.task, { startedAt: -9000, endedAt: -9000 + s.took, logGap: 9, finalizing: 20 });
        return log;
      },
  ),
  fc.constant<Step>((log) => log.settles({ a: "success", b: "skipped", c: null }, 900)),
  fc.constant<Step>((log) => log.past("a", { wrote: ["x"], components: { code: "0" }, beatEvery: 10 })),
);

const told = fc.record({
  steps: fc.array(step, { maxLength: 14 }),
  planned: fc.boolean(),
  rootStarts: fc.boolean(),
  ends: fc.option(at, { nil: undefined }),
  skew: fc.constantFrom(0, -7200, 7200),
  imported: fc.boolean(),
  asked: fc.integer({ min: 0, max: 200_000 }),
  seed: fc.integer(),
});

const askedOfAll = rules.map((rule) => ({ ...rule, asks: () => true }));

describe("diagnose", () => {
  it("never throws nor breaks, and does not depend on the order of what was told", () => {
    fc.assert(
      fc.property(told, ({ steps, planned, rootStarts, ends, skew, imported, asked, seed }) => {
        let log = aRun("n", { skew, ...(imported && { importedAt: 1300 }) });
        if (rootStarts || planned) log = log.starts(0);
        if (planned) log = log.plan("a -> b -> c; grp -> c; m -> c; b -> z", { silent: ["z"] });
        for (const tell of steps) log = tell(log);
        if (ends !== undefined) log = log.ends(ends);
        if (!log.events().some((e) => e.receivedAt <= log.at(asked).now)) return;
        const shuffled = <T>(list: T[]): T[] =>
          list
            .map((item, i) => ({ item, key: Math.imul(seed ^ (i + 1), 2_654_435_761) >>> 0 }))
            .sort((a, b) => a.key - b.key)
            .map(({ item }) => item);
        const one = log.at(asked);
        const two = log.at(asked, shuffled);
        const first = diagnose(one.run, one.context, one.now);
        expect(first.broken).toEqual([]);
        expect(diagnose(two.run, two.context, two.now)).toEqual(first);
        // Of whom a rule is not asked it would have said nothing.
        expect(diagnose(one.run, one.context, one.now, defaultPolicy, askedOfAll)).toEqual(first);
        if (first.state === "finished")
          expect(first.verdicts.every((v) => v.ruleClass === "note")).toBe(true);
        if (first.state !== "finished") expect(first.blockers.length).toBeGreaterThan(0);
        for (const { rule, certainty, missing, since, evidence } of first.verdicts) {
          // What is not proven says what is missing, and nothing rests on what is yet to come.
          if (certainty !== "proven") expect(missing, rule).not.toEqual([]);
          expect(Math.max(since, ...evidence.map((e) => e.at)), rule).toBeLessThanOrEqual(one.now);
        }
        if (first.nextChangeAt !== null) expect(first.nextChangeAt).toBeGreaterThan(one.now);
      }),
      { numRuns: 300 },
    );
  });

  it("changes by time alone only at the instants that it foretells", () => {
    fc.assert(
      fc.property(told, fc.integer({ min: 1, max: 3000 }), ({ steps, planned, skew }, later) => {
        let log = aRun("n", { skew }).starts(0);
        if (planned) log = log.plan("a -> b -> c; grp -> c; m -> c");
        for (const tell of steps) log = tell(log);
        const { run, context, now } = log.at(3000);
        const before = diagnose(run, context, now);
        const then = (now + later * 1000) as typeof now;
        if (before.nextChangeAt !== null && then >= before.nextChangeAt) return;
        const sense = (d: typeof before) =>
          d.verdicts.map((v) => `${v.nodeKey} ${v.rule} ${v.certainty}`).concat(d.state);
        expect(sense(diagnose(run, context, then))).toEqual(sense(before));
      }),
      { numRuns: 300 },
    );
  });
});
