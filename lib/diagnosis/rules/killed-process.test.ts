import { describe, expect, it } from "vitest";
import { aRun } from "../../testing/a-run.ts";
import { held, verdictOf } from "../../testing/verdict-on.ts";

const run = () =>
  aRun("nightly")
    .starts(0)
    .plan("train -> report")
    .taskStarts("train", 10, { outputs: ["model"] });
const beating = () => run().promises("train", 10, 10).beats("train", { from: 20, to: 100, every: 10 });

describe("killed-process", () => {
  it.each(["oom-killed", "disk-full", "killed"])("claims a minute after the report: %s", (kind) => {
    const log = run().compute("train", kind, 100);
    expect(held(log, 159, "train")).toBeUndefined();
    expect(held(log, 160, "train")).toBe("killed-process likely");
  });

  it("reads a signal from an exit code above 128, and leaves others to job-outlived", () => {
    const exit = (exitCode: number) => run().process("train", 100, { exitCode });
    expect(verdictOf(exit(137), 200, "train", "killed-process")?.claim).toBe(
      "`train` was ended by SIGKILL 1m ago, and never reported its end",
    );
    expect(verdictOf(exit(143), 200, "train", "killed-process")?.short).toBe("ended by SIGTERM");
    expect(held(exit(129), 200, "train")).toBe("killed-process likely");
    expect(held(exit(128), 200, "train")).toBe("job-outlived likely");
    expect(held(exit(0), 200, "train")).toBeUndefined();
  });

  it("keeps an exit code that a later report on the process does not repeat", () => {
    const log = run().process("train", 100, { exitCode: 137 }).process("train", 101, { host: "gpu-3" });
    expect(held(log, 200, "train")).toBe("killed-process likely");
  });

  it("is proven where beats stopped with it", () => {
    expect(held(beating().compute("train", "oom-killed", 101), 136, "train")).toBe("killed-process proven");
  });

  it("takes the last line of a log only from a process that no longer beats", () => {
    const last = { logTail: "epoch 3\nKilled\n", lastLogAt: 99 };
    expect(held(run().process("train", 100, last), 5000, "train")).toBeUndefined();
    expect(held(beating().process("train", 100, last), 134, "train")).toBe("silent-heartbeat possible");
    expect(held(beating().process("train", 100, last), 135, "train")).toBe("killed-process likely");
  });

  it("is silent of a log that speaks of something else, or goes on", () => {
    const on = beating().process("train", 100, { logTail: "Killed 3 stale workers, going on" });
    expect(held(on, 135, "train")).toBe("silent-heartbeat likely");
    const past = beating().process("train", 100, { logTail: "java.lang.OutOfMemoryError\nretrying" });
    expect(held(past, 135, "train")).toBe("silent-heartbeat likely");
  });

  it("is silent where one of several workers was killed and the attempt goes on", () => {
    const log = run()
      .promises("train", 10, 10)
      .beats("train", { from: 20, to: 600, every: 10 })
      .compute("train", "oom-killed", 100, { target: "worker-2" });
    expect(held(log, 600, "train")).toBeUndefined();
  });

  it("is silent of one that was tried again, and leaves work that was done to lost-completion", () => {
    const again = run().compute("train", "oom-killed", 100).taskStarts("train", 120, { number: 2 });
    expect(held(again, 400, "train")).toBeUndefined();
    const done = run().writes("train", "model", 90).compute("train", "oom-killed", 100);
    expect(held(done, 400, "train")).toBe("lost-completion likely");
  });
});
