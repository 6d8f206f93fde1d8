import { describe, expect, it } from "vitest";
import { aRun } from "../../testing/a-run.ts";
import { held, verdictOf } from "../../testing/verdict-on.ts";

const run = () =>
  aRun("nightly")
    .starts(0)
    .plan("train -> report")
    .taskStarts("train", 10, { outputs: ["model"], promises: 10 })
    .beats("train", { from: 20, to: 900, every: 10 });
const cutOff = () => run().compute("train", "storage-unreachable", 100, { target: "s3://models" });

describe("unreachable-storage", () => {
  it("claims after five minutes, beats or not: beats are no work", () => {
    expect(held(cutOff(), 399, "train")).toBeUndefined();
    expect(held(cutOff(), 400, "train")).toBe("unreachable-storage likely");
    expect(verdictOf(cutOff(), 400, "train", "unreachable-storage")?.claim).toBe(
      "`train` has not reached `s3://models` for 5m, and nothing has moved since",
    );
  });

  it("counts from the first of reports that go on, so that each new one does not begin anew", () => {
    const log = cutOff();
    for (let at = 130; at <= 400; at += 30)
      log.compute("train", "storage-unreachable", at, { target: "s3://models" });
    expect(held(log, 400, "train")).toBe("unreachable-storage likely");
  });

  it("begins anew where work went on between two reports", () => {
    const log = cutOff().grows("train", "model", 200).compute("train", "storage-unreachable", 300);
    expect(held(log, 599, "train")).toBeUndefined();
    expect(held(log, 600, "train")).toBe("unreachable-storage likely");
  });

  it("is silent once a write or a step of progress came after it", () => {
    expect(held(cutOff().grows("train", "model", 150), 800, "train")).toBeUndefined();
    const moved = cutOff().beats("train", { from: 150, to: 150, every: 1, progress: { done: 7 } });
    expect(held(moved, 800, "train")).toBeUndefined();
  });

  it("takes the last line of a log as possible, and not one that was followed by another", () => {
    const last = {
      logTail: "reading\nbotocore.exceptions.ReadTimeoutError: Read timed out.",
      lastLogAt: 100,
    };
    expect(held(run().process("train", 101, last), 399, "train")).toBeUndefined();
    expect(held(run().process("train", 101, last), 400, "train")).toBe("unreachable-storage possible");
    const on = { logTail: `${last.logTail}\nretry 1: ok`, lastLogAt: 101 };
    expect(held(run().process("train", 102, on), 800, "train")).toBeUndefined();
  });

  it("leaves work that was done to others", () => {
    expect(held(cutOff().writes("train", "model", 90), 800, "train")).toBe("hung-after-output likely");
  });

  it("says more than that it fell silent", () => {
    const log = aRun("n")
      .starts(0)
      .taskStarts("t", 10, { promises: 10, outputs: ["x"] })
      .compute("t", "storage-unreachable", 100);
    expect(held(log, 399, "t")).toBe("silent-heartbeat likely");
    expect(held(log, 400, "t")).toBe("unreachable-storage likely");
  });

  it("is not displaced by a silence of a day, which says less", () => {
    const log = aRun("n").starts(0).taskStarts("t", 1).compute("t", "storage-unreachable", 60);
    expect(held(log, 3_600, "t")).toBe("unreachable-storage likely");
    expect(held(log, 2 * 86_400, "t")).toBe("unreachable-storage likely");
  });
});
