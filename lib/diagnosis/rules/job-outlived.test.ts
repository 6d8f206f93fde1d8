import { describe, expect, it } from "vitest";
import { aRun } from "../../testing/a-run.ts";
import { held, verdictOf } from "../../testing/verdict-on.ts";

const run = () =>
  aRun("nightly")
    .starts(0)
    .plan("train -> report")
    .taskStarts("train", 10, { outputs: ["model"] });

describe("job-outlived", () => {
  it("claims a minute after the job failed", () => {
    const log = run().compute("train", "job-failed", 100);
    expect(held(log, 159, "train")).toBeUndefined();
    expect(held(log, 160, "train")).toBe("job-outlived likely");
  });

  it("claims ten minutes after it succeeded: outputs may still be collected", () => {
    const log = run().compute("train", "job-succeeded", 100);
    expect(held(log, 699, "train")).toBeUndefined();
    expect(held(log, 700, "train")).toBe("job-outlived likely");
    expect(verdictOf(log, 700, "train", "job-outlived")?.claim).toBe(
      "The job of `train` succeeded 10m ago, and the run was never told; nothing shows `model` written",
    );
  });

  it("reads the exit code where nothing was reported", () => {
    expect(held(run().process("train", 100, { exitCode: 1 }), 160, "train")).toBe("job-outlived likely");
    expect(held(run().process("train", 100, { exitCode: 0 }), 699, "train")).toBeUndefined();
    expect(held(run().process("train", 100, { exitCode: 0 }), 700, "train")).toBe("job-outlived likely");
  });

  it("is proven where beats stopped with the job", () => {
    const log = run()
      .promises("train", 10, 10)
      .beats("train", { from: 20, to: 100, every: 10 })
      .compute("train", "job-failed", 100);
    expect(held(log, 135, "train")).toBe("job-outlived proven");
  });

  it("is silent while it beats on, grows, or is finalizing by its source's word", () => {
    const ended = () => run().compute("train", "job-succeeded", 100);
    expect(
      held(ended().promises("train", 10, 10).beats("train", { from: 20, to: 900, every: 10 }), 900, "train"),
    ).toBeUndefined();
    expect(held(ended().grows("train", "model", 690), 900, "train")).toBeUndefined();
    expect(held(ended().tells("train", "Finalizing", 101), 900, "train")).toBeUndefined();
  });

  it("leaves to lost-completion what wrote all, not that of whose outputs nothing is known", () => {
    expect(
      held(run().writes("train", "model", 90).compute("train", "job-succeeded", 100), 900, "train"),
    ).toBe("lost-completion proven");
    const nothing = aRun("n").starts(0).taskStarts("t", 10).compute("t", "job-succeeded", 100);
    expect(held(nothing, 900, "t")).toBe("job-outlived likely");
  });

  it("is silent of a job that ended before the attempt started, and of what has ended", () => {
    const before = aRun("n")
      .starts(0)
      .taskStarts("t", 200, { outputs: ["x"] })
      .compute("t", "job-failed", 100);
    expect(held(before, 900, "t")).toBeUndefined();
    expect(held(run().compute("train", "job-failed", 100).fails("train", 110), 900, "train")).toBeUndefined();
  });

  it("is a dead root's, and stands for the steps that never came", () => {
    const log = aRun("nightly").starts(0).plan("a -> b").compute("nightly", "job-failed", 100);
    expect(verdictOf(log, 160, "nightly", "job-outlived")?.certainty).toBe("likely");
  });
});
