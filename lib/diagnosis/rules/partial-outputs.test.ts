import { describe, expect, it } from "vitest";
import { aRun, type RunLog } from "../../testing/a-run.ts";
import { diagnoseAt, held, verdictOf } from "../../testing/verdict-on.ts";

const rule = "partial-outputs";
const HOUR = 3600;
/** Owes two, writes one at 90, beats to `until`. */
const alive = (until: number) =>
  aRun("nightly")
    .starts(0)
    .plan("train -> report")
    .taskStarts("train", 10, { outputs: ["model", "metrics"], promises: 10 })
    .beats("train", { from: 20, to: until, every: 10 })
    .writes("train", "model", 90);
const quiet = () =>
  aRun("nightly")
    .starts(0)
    .plan("train -> report")
    .taskStarts("train", 10, { outputs: ["model", "metrics"] })
    .writes("train", "model", 90);
const known = (log: RunLog, took = 200) => {
  for (let i = 0; i < 5; i++) log.past("train", { startedAt: -9000, endedAt: -9000 + took });
  return log;
};

describe("partial-outputs", () => {
  it("is only possible, and no alarm, after an hour where nothing tells how long it takes", () => {
    expect(held(alive(4000), 90 + HOUR - 1, "train")).toBeUndefined();
    expect(held(alive(4000), 90 + HOUR, "train")).toBe("partial-outputs possible");
    expect(diagnoseAt(alive(4000), 90 + HOUR).state).toBe("progressing");
    expect(verdictOf(alive(4000), 90 + HOUR, "train", rule)?.claim).toBe(
      "`train` wrote 1 of 2 outputs, the last 1h ago; `metrics` is missing, and it beats, but nothing has moved for 1h",
    );
  });

  it("is likely, and slow, once it is past what five attempts took, and nothing moved for 10 minutes", () => {
    expect(held(known(alive(1000)), 689, "train")).not.toBe("partial-outputs likely");
    expect(held(known(alive(1000)), 690, "train")).toBe("partial-outputs likely");
    expect(diagnoseAt(known(alive(1000)), 690).state).toBe("slow");
    expect(held(known(alive(4000), 3000), 3000, "train")).toBeUndefined();
  });

  it("is stuck where its progress is at its total", () => {
    const done = alive(400).beats("train", {
      from: 100,
      to: 100,
      every: 10,
      progress: { done: 8, total: 8 },
    });
    expect(held(done, 159, "train")).toBeUndefined();
    expect(held(done, 160, "train")).toBe("partial-outputs likely");
    expect(diagnoseAt(done, 160).state).toBe("stuck");
  });

  it("is stuck where a step that waits for it went on", () => {
    const behind = quiet().taskStarts("report", 100);
    expect(held(behind, 149, "train")).toBeUndefined();
    expect(held(behind, 150, "train")).toBe("partial-outputs likely");
  });

  it("proves no death by silence: without a beat it is possible after an hour", () => {
    expect(held(quiet(), 90 + HOUR - 1, "train")).toBeUndefined();
    expect(held(quiet(), 90 + HOUR, "train")).toBe("partial-outputs possible");
    expect(verdictOf(quiet(), 2 * HOUR, "train", rule)?.missing.join()).toContain("no heartbeat is promised");
  });

  it("is silent while anything grows, waits, or is told to be finalized", () => {
    expect(held(alive(8000).grows("train", "metrics", 3600), 3700, "train")).toBeUndefined();
    const waits = quiet().waitsFor("train", 100, { kind: "approval" });
    expect(verdictOf(waits, 9000, "train", rule)).toBeUndefined();
    expect(held(known(quiet()), 1000, "train")).toBe("partial-outputs possible");
    expect(held(known(quiet()).tells("train", "Finalizing", 100), 1000, "train")).toBeUndefined();
  });

  it("leaves silence to silent-heartbeat, and what is whole or not begun to others", () => {
    expect(held(alive(100), 9000, "train")).toBe("silent-heartbeat likely");
    const silent = verdictOf(alive(100), 9000, "train", "silent-heartbeat");
    expect(silent?.ruledOut.find((r) => r.rule === rule)?.because).toContain("it has been silent");
    expect(verdictOf(quiet().taskStarts("train/x", 95), 9000, "train", rule)).toBeUndefined();
    expect(verdictOf(quiet().writes("train", "metrics", 95), 9000, "train", rule)).toBeUndefined();
    const none = aRun("n")
      .starts(0)
      .taskStarts("t", 10, { outputs: ["a", "b"] });
    expect(verdictOf(none, 9000, "t", rule)).toBeUndefined();
    const foreign = aRun("n")
      .starts(0)
      .taskStarts("t", 10, { outputs: ["a", "b"] })
      .writes("t", "a", 20, { modifiedAt: -80_000 });
    expect(verdictOf(foreign, 9000, "t", rule)).toBeUndefined();
  });
});
