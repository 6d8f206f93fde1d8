import { describe, expect, it } from "vitest";
import { aRun, type RunOptions } from "../../testing/a-run.ts";
import { diagnoseAt, held, verdictOf } from "../../testing/verdict-on.ts";

const killed = (options: RunOptions = {}) =>
  aRun("nightly", options)
    .starts(0)
    .plan("train -> report")
    .taskStarts("train", 10, { outputs: ["model"], promises: 10 })
    .beats("train", { from: 20, to: 100, every: 10 });

describe("silent-heartbeat, where we were not there ourselves", () => {
  const told = (deaf: readonly [number, number]) =>
    aRun("nightly", { deaf })
      .starts(0)
      .taskStarts("train", 0, { promises: 10, outputs: ["x"] })
      .beats("train", { from: 10, to: 100, every: 10 });

  it("is silent until the beats have had their time since we came back", () => {
    const log = told([100, 4_000]);
    expect(held(log, 4_001, "train")).toBeUndefined();
    expect(held(log, 4_024, "train")).toBeUndefined();
    expect(held(log, 4_026, "train")).toBe("silent-heartbeat possible");
    expect(held(log, 4_036, "train")).toBe("silent-heartbeat likely");
  });

  it("does not take back a death that was known before", () => {
    expect(held(told([200, 4_000]), 4_001, "train")).toBe("silent-heartbeat likely");
  });
});

describe("silent-heartbeat", () => {
  it("is suspect after two intervals and 5 s, dead after three", () => {
    expect(held(killed(), 124, "train")).toBeUndefined();
    expect(held(killed(), 125, "train")).toBe("silent-heartbeat possible");
    expect(held(killed(), 134, "train")).toBe("silent-heartbeat possible");
    expect(held(killed(), 135, "train")).toBe("silent-heartbeat likely");
    expect(diagnoseAt(killed(), 125).state).toBe("suspect");
    expect(diagnoseAt(killed(), 135).state).toBe("stuck");
  });

  it("measures what beats evenly, but slower than it promised, by the rhythm that it keeps", () => {
    const slow = (every: number) =>
      aRun("n")
        .starts(0)
        .taskStarts("train", 0, { outputs: ["x"], promises: 10 })
        .beats("train", { from: every, to: 20 * every, every });
    expect(held(slow(30), 600 + 64, "train")).toBeUndefined();
    expect(held(slow(30), 600 + 65, "train")).toBe("silent-heartbeat possible");
    expect(held(slow(30), 600 + 95, "train")).toBe("silent-heartbeat likely");
    expect(verdictOf(slow(30), 700, "train", "silent-heartbeat")?.claim).toContain(
      "kept a heartbeat every 30s",
    );
    expect(held(slow(15), 300 + 35, "train")).toBe("silent-heartbeat likely");
    // What it keeps now counts, not what it kept before.
    const faster = slow(30).beats("train", { from: 610, to: 900, every: 10 });
    expect(held(faster, 935, "train")).toBe("silent-heartbeat likely");
  });

  it("says when it changes next, and changes then", () => {
    const { now } = killed().at(0);
    expect(((diagnoseAt(killed(), 101).nextChangeAt ?? 0) - now) / 1000).toBe(125);
    expect(((diagnoseAt(killed(), 126).nextChangeAt ?? 0) - now) / 1000).toBe(135);
  });

  it.each([-7200, 7200])("is the same with a clock that is %i s off, known or not", (skew) => {
    for (const skewKnown of [true, false]) {
      const log = killed({ skew, skewKnown });
      expect(held(log, 124, "train")).toBeUndefined();
      expect(held(log, 135, "train")).toBe("silent-heartbeat likely");
      expect(held(log, 15, "train")).toBeUndefined();
    }
  });

  it("is silent where nothing was promised: Airflow never beats", () => {
    const log = aRun("nightly", { integration: "airflow" }).starts(0).taskStarts("train", 10);
    expect(held(log, 20_000, "train")).toBeUndefined();
  });

  it("learns a rhythm from five beats, or from the node's past", () => {
    const learned = aRun("n")
      .starts(0)
      .taskStarts("train", 10)
      .beats("train", { from: 20, to: 60, every: 10 });
    expect(held(learned, 120, "train")).toBe("silent-heartbeat likely");
    const few = aRun("n").starts(0).taskStarts("train", 10).beats("train", { from: 20, to: 40, every: 10 });
    expect(held(few, 120, "train")).toBeUndefined();
    const past = aRun("n").past("train", { beatEvery: 10 }).starts(0).taskStarts("train", 10);
    expect(held(past, 120, "train")).toBe("silent-heartbeat possible");
  });

  it("takes any sign of life: a message, a line of its log, a growing output", () => {
    expect(held(killed().says("train", 130), 140, "train")).toBeUndefined();
    expect(held(killed().grows("train", "model", 130), 140, "train")).toBeUndefined();
    const log = killed().process("train", 131, { lastLogAt: 130 });
    expect(held(log, 140, "train")).toBeUndefined();
  });

  it("waits for lost-completion where all is written but not yet at rest", () => {
    const log = killed().writes("train", "model", 98);
    expect(held(log, 140, "train")).toBeUndefined();
    expect(held(log, 158, "train")).toBe("lost-completion proven");
  });

  it("gives way to the compute layer's word on why", () => {
    const log = killed().compute("train", "oom-killed", 101);
    expect(held(log, 135, "train")).toBe("silent-heartbeat possible");
    expect(held(log, 136, "train")).toBe("killed-process proven");
    expect(verdictOf(log, 136, "train", "killed-process")?.ruledOut.map((r) => r.rule)).toContain(
      "silent-heartbeat",
    );
  });

  it("is silent of a step whose parent died, and of a parent whose step died", () => {
    const log = aRun("nightly")
      .starts(0, { promises: 10 })
      .plan("train -> report")
      .beats("nightly", { from: 10, to: 100, every: 10 })
      .taskStarts("train", 10, { outputs: ["model"], promises: 10 })
      .beats("train", { from: 20, to: 400, every: 10 });
    expect(held(log, 400, "train")).toBeUndefined();
    expect(verdictOf(log, 400, "nightly", "silent-heartbeat")?.certainty).toBe("likely");
    // The step lives: the dead parent is said, but does not hold the run yet.
    expect(diagnoseAt(log, 400).blockers.map((b) => b.nodeKey)).toEqual(["train"]);
  });

  it("blames a dead root where nothing below it lives", () => {
    const log = aRun("nightly")
      .starts(0, { promises: 10 })
      .plan("ingest -> train -> report")
      .beats("nightly", { from: 10, to: 100, every: 10 })
      .taskStarts("ingest", 10)
      .completes("ingest", 50);
    const { blockers, state, headline } = diagnoseAt(log, 1000);
    expect(blockers.map((b) => [b.nodeKey, b.holds, b.verdict?.rule])).toEqual([
      ["nightly", 2, "silent-heartbeat"],
    ]);
    expect(state).toBe("stuck");
    expect(headline).toContain("`nightly` promised a heartbeat every 10s");
    expect(verdictOf(log, 1000, "train", "never-started")).toBeUndefined();
  });

  it("holds streaming jobs to the beats that they promise, unless they send when their work comes to something", () => {
    const stream = (integration: string, promises?: number) =>
      aRun("n")
        .starts(0)
        .taskStarts("s", 10, { processing: "streaming", integration, ...(promises && { promises }) })
        .beats("s", { from: 10, to: 100, every: 10 });
    expect(held(stream("custom", 10), 134, "s")).toBe("silent-heartbeat possible");
    expect(held(stream("custom", 10), 400, "s")).toBe("silent-heartbeat likely");
    expect(held(stream("custom"), 400, "s")).toBeUndefined();
    expect(held(stream("flink", 10), 400, "s")).toBeUndefined();
  });

  it("is silent of what has ended or was tried again", () => {
    expect(held(killed().fails("train", 110), 400, "train")).toBeUndefined();
    const again = killed().taskStarts("train", 200, { number: 2, promises: 10 });
    expect(held(again.beats("train", { from: 210, to: 400, every: 10 }), 400, "train")).toBeUndefined();
  });

  it("takes ages of an old import from what its events say", () => {
    const old = killed({ importedAt: 50_000 });
    expect(held(old, 50_001, "train")).toBe("silent-heartbeat likely");
    expect(
      held(killed({ importedAt: 50_000 }).elsewhere("x", { every: 10, last: 100 }), 50_001, "train"),
    ).toBe("silent-heartbeat likely");
    expect(diagnoseAt(killed({ importedAt: 50_000 }).completes("train", 120).ends(130), 50_001).state).toBe(
      "finished",
    );
  });

  it("offers to wake the process or to end it", () => {
    const log = killed().process("train", 12, { host: "gpu-3", pid: 4711 });
    const commands = verdictOf(log, 400, "train", "silent-heartbeat")?.unblock.map((u) => u.command);
    expect(commands?.slice(0, 2)).toEqual(["ssh gpu-3 kill -CONT 4711", "ssh gpu-3 kill 4711"]);
  });
});
