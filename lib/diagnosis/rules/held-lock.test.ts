import { describe, expect, it } from "vitest";
import { aRun } from "../../testing/a-run.ts";
import { diagnoseAt, held, verdictOf } from "../../testing/verdict-on.ts";

const waiting = () => aRun("nightly").starts(0).plan("train -> report").waits("train", 10);
const locked = (kind = "lock") =>
  waiting().waitsFor("train", 20, {
    kind,
    on: "features",
    holder: { job: "backfill", url: "https://ci.shop.test/runs/9" },
  });

describe("held-lock", () => {
  it.each(["lock", "mutex", "semaphore", "slot", "pool"])("claims at once, with the holder: %s", (kind) => {
    expect(held(locked(kind), 20, "train")).toBe("held-lock proven");
    expect(diagnoseAt(locked(kind), 20).state).toBe("waiting");
    const verdict = verdictOf(locked(kind), 200, "train", "held-lock");
    expect(verdict?.claim).toBe(
      `\`train\` has waited 3m for the ${kind} \`features\`, which \`backfill\` has`,
    );
    expect(verdict?.evidence[0]?.text).toContain("https://ci.shop.test/runs/9");
  });

  it("says since when where it is told", () => {
    const log = waiting().waitsFor("train", 100, { kind: "lock", since: 40 });
    expect(verdictOf(log, 100, "train", "held-lock")?.claim).toBe("`train` has waited 1m for a lock");
    expect(verdictOf(log, 100, "train", "held-lock")?.missing).toContain(
      "who has it: its source does not say",
    );
  });

  it("does not begin anew with each message that says it again", () => {
    const log = locked().waitsFor("train", 600, { kind: "lock", on: "features" });
    expect(verdictOf(log, 610, "train", "held-lock")?.claim).toContain("has waited 10m");
  });

  it("is silent once it has started, or said anything else while it runs", () => {
    expect(held(locked().taskStarts("train", 30), 60, "train")).toBeUndefined();
    const running = () =>
      aRun("n").starts(0).taskStarts("t", 10).waitsFor("t", 20, { kind: "lock", on: "features" });
    expect(held(running(), 60, "t")).toBe("held-lock proven");
    expect(held(running().says("t", 30), 60, "t")).toBeUndefined();
    expect(held(running().grows("t", "x", 30), 60, "t")).toBeUndefined();
  });

  it("goes on while a running attempt that waits only beats", () => {
    const log = aRun("n")
      .starts(0)
      .taskStarts("t", 10, { promises: 10 })
      .waitsFor("t", 20, { kind: "lock" })
      .beats("t", { from: 30, to: 300, every: 10 });
    expect(held(log, 300, "t")).toBe("held-lock proven");
    expect(held(log, 400, "t")).toBe("silent-heartbeat likely");
  });

  it("is stuck where the holder is a step of the run that has ended and kept it", () => {
    const log = (end: number) =>
      aRun("n")
        .starts(0)
        .plan("load; train")
        .taskStarts("load", 5)
        .completes("load", end)
        .waits("train", 10)
        .waitsFor("train", 20, { kind: "lock", on: "db", holder: { attemptId: "n.load#1" } });
    expect(verdictOf(log(100), 159, "train", "held-lock")?.ruleClass).toBe("waiting");
    expect(verdictOf(log(100), 160, "train", "held-lock")?.ruleClass).toBe("stuck");
    expect(held(log(100), 160, "train")).toBe("held-lock likely");
    expect(diagnoseAt(log(100), 160).state).toBe("stuck");
  });

  it("is silent of other waits, and below a root that fell silent", () => {
    expect(held(waiting().waitsFor("train", 20, { kind: "approval" }), 60, "train")).toBeUndefined();
    const log = aRun("n").starts(0, { promises: 10 }).waits("t", 10).waitsFor("t", 11, { kind: "lock" });
    expect(held(log, 600, "t")).toBeUndefined();
  });
});
