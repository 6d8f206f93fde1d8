import { describe, expect, it } from "vitest";
import { aRun, type RunOptions } from "../../testing/a-run.ts";
import { diagnoseAt, held, verdictOf } from "../../testing/verdict-on.ts";

const lost = (kind = "node-lost", options: RunOptions = {}) =>
  aRun("nightly", options)
    .starts(0)
    .plan("train -> report")
    .taskStarts("train", 10, { outputs: ["model"] })
    .compute("train", kind, 100, { target: "gpu-3", message: "taken away" });

describe("lost-node", () => {
  it.each(["preempted", "evicted", "node-lost"])("claims a minute after the report: %s", (kind) => {
    expect(held(lost(kind), 159, "train")).toBeUndefined();
    expect(held(lost(kind), 160, "train")).toBe("lost-node likely");
    expect(diagnoseAt(lost(kind), 160).state).toBe("stuck");
  });

  it("foretells when it will claim", () => {
    const log = lost();
    expect((diagnoseAt(log, 120).nextChangeAt ?? 0) - log.at(0).now).toBe(160_000);
  });

  it("cites the report with its words", () => {
    const verdict = verdictOf(lost(), 200, "train", "lost-node");
    expect(verdict?.claim).toBe(
      "`train` lost its machine (`gpu-3`) 1m ago, and nothing has been heard of it since",
    );
    expect(verdict?.evidence.find((e) => e.kind === "note")).toMatchObject({
      text: "Its compute layer reported: node-lost of `gpu-3` (taken away)",
      eventId: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  });

  it("is proven, and earlier, where beats stopped with it", () => {
    const log = lost().promises("train", 10, 10).beats("train", { from: 20, to: 100, every: 10 });
    expect(held(log, 124, "train")).toBeUndefined();
    expect(held(log, 134, "train")).toBe("silent-heartbeat possible");
    expect(held(log, 135, "train")).toBe("lost-node proven");
  });

  it("is silent where it beats, writes, logs or starts again after the report", () => {
    expect(held(lost().beats("train", { from: 110, to: 110, every: 1 }), 400, "train")).toBeUndefined();
    expect(held(lost().grows("train", "model", 110), 400, "train")).toBeUndefined();
    expect(held(lost().process("train", 111, { lastLogAt: 110 }), 400, "train")).toBeUndefined();
    expect(held(lost().taskStarts("train", 110), 400, "train")).toBeUndefined();
  });

  it("takes neither another report nor a probe of the store for a sign of life", () => {
    expect(held(lost().compute("train", "job-failed", 130), 400, "train")).toBe("lost-node likely");
  });

  it("is silent of one that was tried again, has ended, or owes no end", () => {
    expect(held(lost().taskStarts("train", 130, { number: 2 }), 400, "train")).toBeUndefined();
    expect(held(lost().fails("train", 130), 400, "train")).toBe(undefined);
    const stream = aRun("n").starts(0).taskStarts("s", 10, { processing: "streaming" });
    expect(held(stream.compute("s", "node-lost", 100), 400, "s")).toBeUndefined();
  });

  it("leaves work that was done to lost-completion", () => {
    const log = lost().writes("train", "model", 90);
    expect(held(log, 300, "train")).toBe("lost-completion likely");
  });

  it("counts machines: none under a running attempt is lost, some are not", () => {
    const count = (n: number, at: number) =>
      aRun("n").starts(0).taskStarts("t", 50).compute("t", "node-count", at, { count: n });
    expect(held(count(0, 100), 400, "t")).toBe("lost-node likely");
    expect(held(count(2, 100), 400, "t")).toBeUndefined();
    // A pool that had not grown yet before it started.
    expect(held(count(0, 20), 400, "t")).toBeUndefined();
  });

  it("gives way to a dark source", () => {
    const log = lost()
      .promises("train", 10, 10)
      .beats("train", { from: 20, to: 100, every: 10 })
      .elsewhere("x", { every: 10, last: 100 });
    expect(held(log, 300, "train")).toBe("dark-source likely");
  });

  it.each([-7200, 7200])("is the same with a clock that is %i s off", (skew) => {
    expect(held(lost("evicted", { skew }), 159, "train")).toBeUndefined();
    expect(held(lost("evicted", { skew }), 160, "train")).toBe("lost-node likely");
  });
});
