import { describe, expect, it } from "vitest";
import { aRun, type RunLog } from "../../testing/a-run.ts";
import { diagnoseAt, held, verdictOf } from "../../testing/verdict-on.ts";

const rule = "idle-heartbeat";
const HOUR = 3600;
/** Gets to 3 of 8 at 60, logs at 60, and beats on. */
const log = (until = 8000) =>
  aRun("nightly")
    .starts(0)
    .plan("train -> report")
    .taskStarts("train", 10, { outputs: ["model"], promises: 10 })
    .beats("train", { from: 20, to: 60, every: 10, progress: { done: 3, total: 8 } })
    .process("train", 60, { lastLogAt: 60 })
    .beats("train", { from: 70, to: until, every: 10 });
const known = (run: RunLog, past: { took?: number; logGap?: number }) => {
  const { took = 100_000, logGap } = past;
  for (let i = 0; i < 5; i++)
    run.past("train", { startedAt: -200_000, endedAt: -200_000 + took, ...(logGap && { logGap }) });
  return run;
};

describe("idle-heartbeat", () => {
  it("is only possible, and no alarm, after an hour where nothing tells what is usual", () => {
    expect(held(log(), 60 + HOUR - 1, "train")).toBeUndefined();
    expect(held(log(), 60 + HOUR, "train")).toBe("idle-heartbeat possible");
    expect(diagnoseAt(log(), 60 + HOUR).state).toBe("progressing");
  });

  it("is stuck after three times the longest pause of earlier logs, and 10 minutes", () => {
    const learned = () => known(log(), { logGap: 300 });
    expect(held(learned(), 959, "train")).toBeUndefined();
    expect(held(learned(), 960, "train")).toBe("idle-heartbeat likely");
    expect(diagnoseAt(learned(), 960).headline).toContain(
      "`train` beats, but its log and progress have not moved for 15m; the log of 5 earlier attempts never paused for longer than 5m",
    );
    expect(held(known(log(), { logGap: 10 }), 659, "train")).toBeUndefined();
    expect(held(known(log(), { logGap: 10 }), 660, "train")).toBe("idle-heartbeat likely");
  });

  it("learns from its own log before that of others", () => {
    const own = known(log(), { logGap: 3000 });
    for (const at of [61, 62, 63, 64, 65]) own.process("train", at, { lastLogAt: at });
    expect(held(own, 664, "train")).toBeUndefined();
    expect(held(own, 665, "train")).toBe("idle-heartbeat likely");
  });

  it("is stuck where it rested for longer than earlier attempts took in all", () => {
    expect(held(known(log(), { took: 700 }), 759, "train")).toBeUndefined();
    expect(held(known(log(), { took: 700 }), 760, "train")).toContain("idle-heartbeat");
  });

  it("is silent while progress, output, log or processor moves", () => {
    const moves: ((run: RunLog) => RunLog)[] = [
      (run) => run.beats("train", { from: 900, to: 900, every: 10, progress: { done: 4, total: 8 } }),
      (run) => run.grows("train", "model", 900),
      (run) => run.process("train", 900, { lastLogAt: 900 }),
      (run) => run.beats("train", { from: 900, to: 900, every: 10, cpu: 500 }),
    ];
    for (const move of moves) {
      expect(verdictOf(move(known(log(), { logGap: 200 })), 960, "train", rule)).toBeUndefined();
    }
  });

  it("does not take a trickle of processor time for work, nor a counter that began anew for rest", () => {
    const trickle = known(log(), { logGap: 200 });
    for (let at = 70; at <= 900; at += 10)
      trickle.beats("train", { from: at, to: at, every: 10, cpu: 100 + at / 1000 });
    expect(held(trickle, 900, "train")).toBe("idle-heartbeat likely");
    const anew = known(log(), { logGap: 200 })
      .beats("train", { from: 70, to: 70, every: 10, cpu: 900 })
      .beats("train", { from: 890, to: 890, every: 10, cpu: 2 });
    expect(verdictOf(anew, 900, "train", rule)).toBeUndefined();
  });

  it("says nothing of an attempt that only beats, that waits, or that is done", () => {
    const bare = aRun("n")
      .starts(0)
      .taskStarts("t", 1, { promises: 10 })
      .beats("t", { from: 10, to: 9000, every: 10 });
    expect(held(bare, 9000, "t")).toBeUndefined();
    const ruledOut = (run: RunLog, by: string) =>
      verdictOf(run, 7900, "train", by)?.ruledOut.find((r) => r.rule === rule)?.because;
    expect(ruledOut(log().writes("train", "model", 70), "hung-after-output")).toContain("are written");
    expect(ruledOut(log().waitsFor("train", 70, { kind: "lock" }), "held-lock")).toBe(
      "it says that it waits",
    );
    const word = log().tells("train", "Finalizing", 70);
    expect(ruledOut(word, "lingering-finalization")).toContain("Finalizing");
    expect(verdictOf(log(100), 8000, "train", rule)).toBeUndefined();
    expect(verdictOf(log().taskStarts("train/x", 95), 7900, "train", rule)).toBeUndefined();
  });

  it("is only possible where only one kind of work is told", () => {
    const one = aRun("n").starts(0).taskStarts("train", 1, { promises: 10 });
    one.process("train", 60, { lastLogAt: 60 }).beats("train", { from: 10, to: 2000, every: 10 });
    expect(held(known(one, { logGap: 10 }), 2000, "train")).toBe("idle-heartbeat possible");
  });
});
