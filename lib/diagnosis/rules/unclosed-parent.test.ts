import { describe, expect, it } from "vitest";
import { aRun } from "../../testing/a-run.ts";
import { diagnoseAt, held, verdictOf } from "../../testing/verdict-on.ts";

const planned = () =>
  aRun("nightly")
    .starts(0)
    .plan("a -> b")
    .taskStarts("a", 5)
    .completes("a", 10)
    .taskStarts("b", 11)
    .completes("b", 90);
const unplanned = () => aRun("nightly").starts(0).taskStarts("a", 5).completes("a", 90);

describe("unclosed-parent", () => {
  it("claims a minute after the last step of a known plan", () => {
    expect(held(planned(), 149, "nightly")).toBeUndefined();
    expect(held(planned(), 150, "nightly")).toBe("unclosed-parent likely");
    const { headline, state, blockers } = diagnoseAt(planned(), 390);
    expect(headline).toBe(
      "All 2 steps of `nightly` have ended, the last 5m ago, and `nightly` itself never reported its end.",
    );
    expect(state).toBe("stuck");
    expect(blockers.map((b) => [b.nodeKey, b.holds])).toEqual([["nightly", 0]]);
  });

  it("waits ten minutes where no plan was told, and says so", () => {
    expect(held(unplanned(), 689, "nightly")).toBeUndefined();
    expect(held(unplanned(), 690, "nightly")).toBe("unclosed-parent possible");
    expect(held(unplanned(), 86_490, "nightly")).toBe("unclosed-parent likely");
    expect(verdictOf(unplanned(), 690, "nightly", "unclosed-parent")?.missing[0]).toContain("never told");
  });

  it("waits as long as earlier attempts took, where no plan was told", () => {
    const long = unplanned().past("nightly", { startedAt: -9000, endedAt: -5000 });
    expect(held(long, 3999, "nightly")).toBeUndefined();
    expect(held(long, 4000, "nightly")).toBe("unclosed-parent possible");
  });

  it("is proven where the parent's own heartbeat stopped", () => {
    const log = unplanned().promises("nightly", 10).beats("nightly", { from: 10, to: 100, every: 10 });
    expect(held(log, 134, "nightly")).toBeUndefined();
    expect(held(log, 150, "nightly")).toBe("unclosed-parent proven");
  });

  it("gives a parent that beats ten minutes for work of its own", () => {
    const log = () => aRun("n").starts(0).plan("a").promises("n", 10).taskStarts("a", 5).completes("a", 60);
    const beats = log().beats("n", { from: 10, to: 900, every: 10 });
    expect(held(beats, 659, "n")).toBeUndefined();
    expect(held(beats, 660, "n")).toBe("unclosed-parent likely");
    const stopped = log().beats("n", { from: 10, to: 100, every: 10 });
    expect(held(stopped, 134, "n")).toBeUndefined();
    expect(held(stopped, 135, "n")).toBe("unclosed-parent proven");
  });

  it("is silent while it beats without a plan, and while steps are to come", () => {
    const beats = unplanned().promises("nightly", 10).beats("nightly", { from: 10, to: 2000, every: 10 });
    expect(held(beats, 2000, "nightly")).toBeUndefined();
    const more = aRun("n").starts(0).plan("a -> b").taskStarts("a", 5).completes("a", 10);
    expect(held(more, 5000, "n")).toBeUndefined();
    expect(held(more, 5000, "b")).toBe("never-started possible");
  });

  it("counts EmptyOperators that never emit, reused and skipped steps as done", () => {
    const log = aRun("n")
      .starts(0)
      .plan("start -> a -> join -> end", { silent: ["start", "join", "end"] })
      .taskStarts("a", 5)
      .cache("a", "HIT", 6)
      .completes("a", 7);
    expect(held(log, 100, "n")).toBe("unclosed-parent likely");
  });

  it("says which steps did not succeed", () => {
    const log = aRun("n")
      .starts(0)
      .plan("a; b")
      .taskStarts("a", 1)
      .completes("a", 2)
      .taskStarts("b", 1)
      .fails("b", 3);
    expect(diagnoseAt(log, 100).headline).toContain("`b` did not succeed");
  });

  it("judges groups like the run, and then what waits behind them", () => {
    const log = aRun("n")
      .starts(0)
      .plan("grp -> report")
      .taskStarts("grp", 1)
      .groupPlan("grp", "x -> y", {}, 1)
      .taskStarts("grp/x", 2)
      .completes("grp/x", 3)
      .taskStarts("grp/y", 4)
      .completes("grp/y", 5);
    expect(held(log, 100, "grp")).toBe("unclosed-parent likely");
    expect(diagnoseAt(log, 100).blockers.map((b) => [b.nodeKey, b.holds])).toEqual([["grp", 1]]);
  });

  it("owes nothing as a streaming parent, nor as one that only its children named", () => {
    const stream = aRun("n").starts(0, { processing: "streaming" }).taskStarts("a", 1).completes("a", 2);
    expect(held(stream, 5000, "n")).toBeUndefined();
    const unheard = aRun("n").taskStarts("a", 1).completes("a", 2);
    expect(diagnoseAt(unheard, 5000).state).toBe("finished");
  });

  it("is silent over a Spark application that completed over failed jobs, whose headline says so", () => {
    const spark = aRun("app").starts(0).taskStarts("job", 1).fails("job", 9).ends(10);
    expect(diagnoseAt(spark, 100).headline).toBe("Finished in 10s, although `job` failed.");
  });

  it("bears a deferred task's second START", () => {
    const deferred = aRun("n").starts(0).plan("a").taskStarts("a", 1).taskStarts("a", 50).completes("a", 60);
    expect(deferred.at(100).run.nodes.get("a")?.attempts).toHaveLength(1);
    expect(held(deferred, 130, "n")).toBe("unclosed-parent likely");
  });
});
