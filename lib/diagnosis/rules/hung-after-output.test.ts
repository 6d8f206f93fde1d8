import { describe, expect, it } from "vitest";
import { aRun } from "../../testing/a-run.ts";
import { diagnoseAt, held, verdictOf } from "../../testing/verdict-on.ts";

/** Writes at 90 and beats on to `until`. */
const sleeping = (until: number) =>
  aRun("nightly")
    .starts(0)
    .plan("train -> report")
    .taskStarts("train", 10, { outputs: ["model"], promises: 10 })
    .beats("train", { from: 20, to: until, every: 10 })
    .writes("train", "model", 90);

describe("hung-after-output", () => {
  it("claims 60 s after the last write, while the beats go on", () => {
    expect(held(sleeping(200), 149, "train")).toBeUndefined();
    expect(held(sleeping(200), 150, "train")).toBe("hung-after-output likely");
    expect(diagnoseAt(sleeping(1000), 1000).headline).toBe(
      "`train` wrote its output 15m ago and still runs: its last sign of life came just now. It holds 1 of 2 nodes.",
    );
  });

  it("gives way to lost-completion when the beats stop", () => {
    const log = sleeping(200);
    expect(held(log, 224, "train")).toBe("hung-after-output likely");
    // Its next beat is overdue: it may be gone, and nothing that waits for it goes on either way.
    expect(held(log, 230, "train")).toBe("hung-after-output possible");
    expect(held(log, 235, "train")).toBe("lost-completion proven");
  });

  it("is silent where no heartbeat shows it alive", () => {
    const log = aRun("nightly")
      .starts(0)
      .taskStarts("train", 10, { outputs: ["m"] })
      .writes("train", "m", 20);
    expect(verdictOf(log, 400, "train", "hung-after-output")).toBeUndefined();
  });

  it("is silent while progress moves, and claims when it has come to its total", () => {
    const log = (done: number, total: number) =>
      sleeping(100)
        .beats("train", { from: 110, to: 140, every: 10, progress: { done: 1, total } })
        .beats("train", { from: 150, to: 160, every: 10, progress: { done, total } });
    expect(held(log(2, 10), 165, "train")).toBeUndefined();
    expect(held(log(10, 10), 165, "train")).toBe("hung-after-output likely");
  });

  it("is silent while another output is still to come", () => {
    expect(held(sleeping(400).declares("train", "metrics", 10), 400, "train")).toBeUndefined();
  });

  it("is silent where it never said what it would write, until its progress has come to its total", () => {
    const log = (done: number) =>
      aRun("nightly")
        .starts(0)
        .taskStarts("train", 10, { promises: 10 })
        .writes("train", "checkpoint-1", 90)
        .declares("train", "checkpoint-1", 90)
        .beats("train", { from: 20, to: 400, every: 10, progress: { done, total: 50 } });
    expect(held(log(7), 400, "train")).toBeUndefined();
    expect(held(log(50), 400, "train")).toBe("hung-after-output possible");
  });

  it("knows beats that nobody promised, once there are five", () => {
    const log = aRun("nightly")
      .starts(0)
      .taskStarts("train", 10, { outputs: ["model"] })
      .beats("train", { from: 20, to: 200, every: 10 })
      .writes("train", "model", 90);
    expect(held(log, 200, "train")).toBe("hung-after-output likely");
  });

  it("offers to end the process that it knows", () => {
    const log = sleeping(400).process("train", 12, { host: "gpu-3", pid: 4711 });
    const commands = verdictOf(log, 400, "train", "hung-after-output")?.unblock.map((u) => u.command);
    expect(commands?.[0]).toBe("ssh gpu-3 kill 4711");
  });

  it("never mistakes a parent's beat for its child's", () => {
    const log = aRun("nightly")
      .starts(0, { promises: 10 })
      .beats("nightly", { from: 10, to: 400, every: 10 })
      .plan("train -> report")
      .taskStarts("train", 10, { outputs: ["model"], promises: 10 })
      .beats("train", { from: 20, to: 100, every: 10 })
      .writes("train", "model", 90);
    expect(held(log, 400, "train")).toBe("lost-completion proven");
  });
});
