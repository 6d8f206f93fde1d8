import { describe, expect, it } from "vitest";
import { aRun } from "../../testing/a-run.ts";
import { diagnoseAt, held, verdictOf } from "../../testing/verdict-on.ts";

const chain = () =>
  aRun("nightly")
    .starts(0)
    .plan("a -> b -> c -> d")
    .taskStarts("a", 5)
    .completes("a", 10)
    .taskStarts("b", 11);

describe("blocked-upstream", () => {
  it("names what holds it in the end, not only what is next", () => {
    const verdict = verdictOf(chain(), 3611, "d", "blocked-upstream");
    expect(verdict?.claim).toBe(
      "`d` waits for `c`; what holds it in the end is `b`, which has been running for 1h",
    );
    expect(verdictOf(chain(), 3611, "c", "blocked-upstream")?.claim).toBe(
      "`c` waits for `b`, which has been running for 1h",
    );
  });

  it("holds nothing by itself: the run is still progressing", () => {
    const { state, blockers } = diagnoseAt(chain(), 3611);
    expect(state).toBe("progressing");
    expect(blockers.map((b) => [b.nodeKey, b.holds])).toEqual([["b", 2]]);
  });

  it("names no more than three of many", () => {
    let log = aRun("n").starts(0).plan("a -> z; b -> z; c -> z; d -> z; e -> z");
    for (const task of ["a", "b", "c", "d", "e"]) log = log.taskStarts(task, 1);
    expect(verdictOf(log, 60, "z", "blocked-upstream")?.claim).toBe("`z` waits for `a`, `b`, `c` and others");
  });

  it("is silent of what has started, and of what is free to", () => {
    expect(held(chain().taskStarts("c", 20), 100, "c")).toBeUndefined();
    expect(verdictOf(chain().completes("b", 20), 30, "c", "blocked-upstream")).toBeUndefined();
  });

  it("is silent where the trigger rule needs no more", () => {
    const any = aRun("n")
      .starts(0)
      .plan("a -> z; b -> z", { triggers: { z: "one-success" } })
      .taskStarts("a", 1)
      .completes("a", 2)
      .taskStarts("b", 1);
    expect(verdictOf(any, 30, "z", "blocked-upstream")).toBeUndefined();
  });

  it("waits for a failed step that may be tried again", () => {
    const retry = aRun("n")
      .starts(0)
      .plan("a -> b")
      .taskStarts("a", 1, { number: 1, maxAttempts: 3 })
      .fails("a", 5);
    expect(verdictOf(retry, 600, "b", "blocked-upstream")?.claim).toContain("may be tried again");
    expect(diagnoseAt(retry, 600).blockers.map((b) => b.nodeKey)).toEqual(["a"]);
  });
});
