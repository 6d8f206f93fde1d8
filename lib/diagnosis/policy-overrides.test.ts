import { describe, expect, it } from "vitest";
import type { Instant } from "../base/instant.ts";
import { aRun } from "../testing/a-run.ts";
import { diagnose, diagnoseNode } from "./diagnose.ts";
import { defaultPolicy } from "./policy.ts";
import { type Override, policyOfAll, policyOfRun } from "./policy-overrides.ts";

const nightly = { namespace: "prod", name: "nightly" };
let set = 0;

/** One after another, `outputStableMs` is set to so many seconds. */
function setTo(
  seconds: number,
  pipeline: string,
  node: string | null = null,
  more: Partial<Override> = {},
): Override {
  set += 1;
  const at = set as Instant;
  return { threshold: "outputStableMs", value: seconds * 1000, pipeline, node, who: "Ada", at, ...more };
}

/** What holds for a node of `nightly`, in seconds. */
function secondsFor(node: string, ...overrides: Override[]): number {
  // The order in which the store gives them must not matter.
  const [one, other] = [overrides, overrides.toReversed()].map(
    (given) => policyOfRun(nightly, given, defaultPolicy).of(node).values.outputStableMs / 1000,
  );
  expect(one).toBe(other);
  return one ?? Number.NaN;
}

describe("the override that wins", () => {
  it.each([
    ["none: the default", [], 60],
    ["the only one that matches", [setTo(1, "night*"), setTo(2, "weekly")], 1],
    ["one that names the namespace too", [setTo(1, "prod/nightly"), setTo(2, "test/nightly")], 1],
    ["the whole name before a glob", [setTo(1, "nightly"), setTo(2, "nightl*"), setTo(3, "*")], 1],
    ["the longer glob", [setTo(1, "*"), setTo(2, "nigh*"), setTo(3, "n*y")], 2],
    ["a node's before a pipeline's, however exact that is", [setTo(1, "nightly"), setTo(2, "*", "tr*")], 2],
    [
      "of nodes' the more exact, whatever the pipeline",
      [setTo(1, "nightly", "tr*"), setTo(2, "*", "train")],
      2,
    ],
    [
      "of equal nodes' that of the more exact pipeline",
      [setTo(1, "nightly", "train"), setTo(2, "*", "train")],
      1,
    ],
    ["of equals the later", [setTo(1, "night*"), setTo(2, "*ghtly")], 2],
    ["none that this version does not allow", [setTo(1, "*"), setTo(-5, "nightly")], 1],
  ])("is %s", (_, overrides, seconds) => {
    expect(secondsFor("train", ...overrides)).toBe(seconds);
  });

  it("is said with the value, and defaults are not", () => {
    const mine = setTo(900, "nightly", "train");
    const { run, of } = policyOfRun(nightly, [mine], defaultPolicy);
    expect([...of("train").from]).toEqual([["outputStableMs", mine]]);
    expect(of("report").from.size).toBe(0);
    expect(run.values).toBe(defaultPolicy);
  });
});

describe("nodes", () => {
  const overrides = [setTo(1, "nightly"), setTo(2, "nightly", "m[*"), setTo(3, "*", "m[1*")];

  it("share one policy where the same overrides match them", () => {
    const { of, run } = policyOfRun(nightly, overrides, defaultPolicy);
    expect(of("a")).toBe(run);
    expect(of("m[2]")).toBe(of("m[3]"));
    expect(of("m[10]")).toBe(of("m[1]"));
    expect(of("m[1]").values.outputStableMs).toBe(3000);
  });
});

describe("a diagnosis", () => {
  // Both write their output and fall silent; only one of them has more time.
  const told = aRun("nightly")
    .starts(0)
    .plan("train; score")
    .taskStarts("train", 1, { outputs: ["model"] })
    .taskStarts("score", 1, { outputs: ["scores"] })
    .writes("train", "model", 10)
    .writes("score", "scores", 10)
    .at(10 + 61);
  const mine = setTo(15 * 60, "nightly", "train");
  const context = { ...told.context, overrides: [mine] };
  const used = (nodeKey: string) =>
    diagnose(told.run, context, told.now)
      .verdicts.find((v) => v.nodeKey === nodeKey)
      ?.policy.find((t) => t.name === "outputStableMs");

  it("goes by the override of one node, and by the default of the other", () => {
    const held = (overrides: Override[]) =>
      diagnose(told.run, { ...told.context, overrides }, told.now).blockers.flatMap((b) =>
        b.verdict ? [b.nodeKey] : [],
      );
    expect(held([]).sort()).toEqual(["score", "train"]);
    expect(held([mine])).toEqual(["score"]);
    expect(diagnoseNode(told.run, context, told.now, "train")).toEqual([]);
  });

  it("says in each verdict which thresholds it used, and who set them", () => {
    expect(used("score")).toEqual({ name: "outputStableMs", value: 60_000, unit: "ms", from: null });
    const late = { ...told.context, overrides: [{ ...mine, value: 50_000 }] };
    const verdict = diagnose(told.run, late, told.now).verdicts.find((v) => v.nodeKey === "train");
    expect(verdict?.policy.find((t) => t.name === "outputStableMs")).toMatchObject({
      value: 50_000,
      from: { who: "Ada", pipeline: "nightly", node: "train" },
    });
    // What its facts read counts as well, and what nothing of it read does not.
    expect(verdict?.policy.map((t) => t.name)).toContain("mtimeToleranceMs");
    expect(verdict?.policy.map((t) => t.name)).not.toContain("cancelGraceMs");
  });

  it("goes by what is set for a node wherever its facts read it, and shows it", () => {
    const log = aRun("nightly").starts(0);
    for (const number of [1, 2])
      log
        .taskStarts("train", number * 100, { number, maxAttempts: 9 })
        .checks("train", "model", number * 100 + 50, { success: false })
        .fails("train", number * 100 + 60, "validation failed");
    const { run, context: known, now } = log.at(290);
    const twice = { ...setTo(0, "nightly", "train"), threshold: "loopTurns" as const, value: 2 };
    const found = (overrides: Override[]) =>
      diagnose(run, { ...known, overrides }, now).verdicts.find((v) => v.rule === "validation-loop");
    expect(found([])).toBeUndefined();
    expect(found([twice])?.policy).toContainEqual({
      name: "loopTurns",
      value: 2,
      unit: "attempts",
      from: twice,
    });
  });

  it("keeps the verdict of a blocker the same object as among all verdicts", () => {
    const { blockers, verdicts } = diagnose(told.run, context, told.now);
    expect(verdicts).toContain(blockers[0]?.verdict);
  });
});

describe("what holds for a source, which is of no pipeline", () => {
  it("is what is set for all pipelines, and for all their nodes", () => {
    const given = [setTo(5, "*"), setTo(1, "nightly"), setTo(2, "n*"), setTo(3, "*", "train")];
    expect(policyOfAll(given, defaultPolicy).outputStableMs).toBe(5_000);
    expect(policyOfAll([setTo(1, "nightly")], defaultPolicy)).toEqual(defaultPolicy);
    expect(policyOfAll([setTo(7, "**")], defaultPolicy).outputStableMs).toBe(7_000);
  });
});
