import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allDownstream, allUpstream, type RunView } from "../projections/run-view.ts";
import { aRun, type RunLog } from "../testing/a-run.ts";
import { diagnose } from "./diagnose.ts";

/** The same run with each wide edge told as all the edges that it stands for. */
function inFull(run: RunView): RunView {
  const nodes = [...run.nodes].map(([key, node]) => {
    const upstream = [...allUpstream(node)].sort();
    const downstream = [...allDownstream(node)].sort();
    return [key, { ...node, upstream, downstream, wideUpstream: [], wideDownstream: [] }] as const;
  });
  const edges = run.wideEdges.flatMap(({ from, to, origin }) =>
    from.flatMap((a) => to.map((b) => ({ from: a, to: b, origin }))),
  );
  return { ...run, nodes: new Map(nodes), edges: [...run.edges, ...edges], wideEdges: [] };
}

const EACH = 33;
const fates = fc.array(fc.constantFrom("waits", "runs", "completes", "fails", "aborts", "reads"), {
  minLength: 1,
  maxLength: 4,
});

function tell(log: RunLog, step: string, told: readonly string[], from: number): RunLog {
  for (let i = 0; i < EACH; i++) {
    const task = `${step}[${i}]`;
    const fate = told[i % told.length];
    if (fate === "waits") log.waits(task, from);
    else log.taskStarts(task, from + i);
    if (fate === "completes") log.completes(task, from + 100 + i);
    if (fate === "fails") log.fails(task, from + 90);
    if (fate === "aborts") log.aborts(task, from + 80);
    if (fate === "reads")
      log.cache(task, "MISS", from + 70, { [`input:${step}`]: "d1" }).completes(task, from + 75);
  }
  return log;
}

describe("a wide edge", () => {
  it("gives the answer that all edges it stands for would give", () => {
    const rules = fc.constantFrom(
      "all-success",
      "all-done",
      "none-failed",
      "one-success",
      "one-done",
      "always",
    );
    fc.assert(
      fc.property(
        fates,
        fates,
        rules,
        rules,
        fc.constantFrom("", "; c -> a"),
        (first, second, onB, onC, more) => {
          const triggers = { b: onB, c: onC } as const;
          const log = aRun("n")
            .starts(0)
            .plan(`x -> a -> b -> c -> d; y -> b${more}`, { triggers, silent: ["y"] });
          const { run, context, now } = tell(
            tell(log.taskStarts("x", 1).completes("x", 5), "a", first, 10),
            "b",
            second,
            200,
          ).at(4_000);
          expect(run.wideEdges).toHaveLength(1);
          expect(diagnose(run, context, now)).toEqual(diagnose(inFull(run), context, now));
        },
      ),
      { numRuns: 12 },
    );
  }, 30_000);

  it("is all that lies between two mapped steps of many instances", () => {
    let log = aRun("n").starts(0).plan("a -> b -> c");
    for (let i = 0; i < 600; i++) log = log.taskStarts(`a[${i}]`, 1).waits(`b[${i}]`, 1);
    for (let i = 1; i < 600; i++) log = log.completes(`a[${i}]`, 50);
    const { run, context, now } = log.at(100);
    expect(diagnose(run, context, now).blockers.map((b) => [b.nodeKey, b.holds])).toEqual([["a[0]", 601]]);
    const failed = log.fails("a[0]", 60).at(4_000);
    const { blockers } = diagnose(failed.run, failed.context, failed.now);
    expect(blockers.slice(0, 2).map((b) => b.verdict?.rule)).toEqual(["failed-upstream", "failed-upstream"]);
  });
});
