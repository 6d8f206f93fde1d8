import { describe, expect, it } from "vitest";
import { aRun } from "../../testing/a-run.ts";
import { diagnoseAt, held, verdictOf } from "../../testing/verdict-on.ts";

const rule = "dependency-cycle";
const log = (plan: string) => aRun("nightly").starts(0).plan(plan);

describe("dependency-cycle", () => {
  it("shows the way round, once, and holds all that is behind it", () => {
    const cycle = log("ingest -> a -> b -> c -> a; c -> report -> mail");
    cycle.taskStarts("ingest", 1).completes("ingest", 5);
    const { state, blockers, headline, verdicts } = diagnoseAt(cycle, 60);
    expect(state).toBe("stuck");
    expect(headline).toContain(
      "`a` can never start: 3 steps wait for each other in a circle (`a` → `b` → `c` → `a`)",
    );
    expect(blockers.map((b) => [b.nodeKey, b.holds])).toEqual([["a", 4]]);
    expect(verdicts.filter((v) => v.rule === rule)).toHaveLength(1);
  });

  it("is a blocker beside what is still at work, since it will not go away", () => {
    const busy = log("a -> b -> a; other").taskStarts("other", 1);
    expect(diagnoseAt(busy, 60).state).toBe("stuck");
    expect(diagnoseAt(busy, 60).blockers.map((b) => b.nodeKey)).toEqual(["a", "other"]);
  });

  it("tells two circles apart, and takes the shortest way round", () => {
    const two = log("a -> b -> a; a -> x -> y -> a; p -> q -> p");
    const claims = diagnoseAt(two, 60).verdicts.filter((v) => v.rule === rule);
    expect(claims.map((v) => v.claim)).toEqual([
      "`a` can never start: 2 steps wait for each other in a circle (`a` → `b` → `a`)",
      "`p` can never start: 2 steps wait for each other in a circle (`p` → `q` → `p`)",
    ]);
  });

  it("is silent of a loop that has begun, and of what is only behind one", () => {
    const begun = log("a -> b -> a").taskStarts("a", 1).completes("a", 5);
    expect(diagnoseAt(begun, 60).verdicts.filter((v) => v.rule === rule)).toEqual([]);
    const behind = log("a -> b -> a; b -> c");
    expect(verdictOf(behind, 60, "c", rule)).toBeUndefined();
    expect(held(behind, 60, "c")).toBe("blocked-upstream proven");
  });

  it("is silent where a trigger rule is content with what is there", () => {
    const loop = aRun("n")
      .starts(0)
      .plan("seed -> a -> b -> a", { triggers: { a: "one-success" } })
      .taskStarts("seed", 1)
      .completes("seed", 5);
    expect(diagnoseAt(loop, 60).verdicts.filter((v) => v.rule === rule)).toEqual([]);
  });
});
