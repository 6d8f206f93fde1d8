import { describe, expect, it } from "vitest";
import { aRun, type RunOptions, second } from "../../testing/a-run.ts";
import { diagnoseAt, held, verdictOf } from "../../testing/verdict-on.ts";

/** Trains from 10 to 100, beats every 10 s, and writes its model at 90. */
const beating = (options: RunOptions = {}) =>
  aRun("nightly", options)
    .starts(0)
    .plan("train -> report")
    .taskStarts("train", 10, { outputs: ["model"], promises: 10 })
    .beats("train", { from: 20, to: 100, every: 10 })
    .writes("train", "model", 90);

/** The same without a heartbeat, as Airflow does it. */
const quiet = (options: RunOptions = {}) =>
  aRun("nightly", options)
    .starts(0)
    .plan("train -> report")
    .taskStarts("train", 10, { outputs: ["model"] })
    .writes("train", "model", 90);

describe("lost-completion", () => {
  it("is proven once promised beats stopped after the last write, not a second before", () => {
    expect(held(beating(), 149, "train")).toBeUndefined();
    expect(held(beating(), 150, "train")).toBe("lost-completion proven");
    expect(diagnoseAt(beating(), 100).nextChangeAt).not.toBeNull();
  });

  it("says in its headline what was written, when, and how much it holds", () => {
    const { headline, state, blockers, since } = diagnoseAt(beating(), 6090);
    expect(headline).toBe(
      "`train` wrote its output 1h 40m ago and never reported completion. It holds 1 of 2 nodes.",
    );
    expect(state).toBe("stuck");
    expect(blockers.map((b) => [b.nodeKey, b.holds])).toEqual([["train", 1]]);
    expect(since).toBe(diagnoseAt(beating(), 7000).since);
  });

  it("is only likely where no heartbeat was promised, and says so", () => {
    expect(held(quiet(), 149, "train")).toBeUndefined();
    expect(held(quiet(), 150, "train")).toBe("lost-completion likely");
    expect(verdictOf(quiet(), 150, "train", "lost-completion")?.missing.join()).toContain("no heartbeat");
  });

  it("is silent while any expected output is missing, growing, or declared only", () => {
    const two = beating().declares("train", "metrics", 10);
    expect(held(two, 200, "train")).toBe("silent-heartbeat likely");
    const grows = quiet().declares("train", "metrics", 10).grows("train", "metrics", 100);
    expect(held(grows, 400, "train")).toBeUndefined();
    const declared = aRun("nightly")
      .starts(0)
      .taskStarts("train", 10, { outputs: ["model"] });
    expect(held(declared, 7200, "train")).toBeUndefined();
  });

  it("does not take yesterday's file, nor another attempt's, for its own", () => {
    const log = (options: { modifiedAt?: number; by?: string }) =>
      aRun("nightly")
        .starts(0)
        .taskStarts("train", 10, { outputs: ["model"] })
        .writes("train", "model", 20, options);
    expect(held(log({ modifiedAt: -80_000 }), 400, "train")).toBeUndefined();
    expect(held(log({ by: "some-other-attempt" }), 400, "train")).toBeUndefined();
    expect(held(log({ modifiedAt: 9.5 }), 400, "train")).toBe("lost-completion likely");
  });

  it("does not count what the first try wrote for the second", () => {
    const retried = quiet()
      .fails("train", 100)
      .taskStarts("train", 200, { number: 2, outputs: ["model"] });
    expect(held(retried, 2000, "train")).toBeUndefined();
  });

  it("is over with the end, whatever comes after it", () => {
    expect(held(beating().completes("train", 101), 400, "train")).toBeUndefined();
    const late = beating().completes("train", 101).beats("train", { from: 102, to: 102, every: 10 });
    expect(late.at(400).run.nodes.get("train")?.status).toBe("completed");
    expect(held(late.says("train", 110), 400, "train")).toBeUndefined();
  });

  it("is nothing to a streaming job", () => {
    const stream = aRun("nightly")
      .starts(0)
      .taskStarts("train", 10, { outputs: ["model"], processing: "streaming" })
      .writes("train", "model", 90);
    expect(held(stream, 4000, "train")).toBeUndefined();
  });

  it.each([-7200, 7200])("is the same with a clock that is %i s off, known or not", (skew) => {
    for (const skewKnown of [true, false]) {
      const log = beating({ skew, skewKnown });
      expect(held(log, 149, "train")).toBeUndefined();
      expect(held(log, 150, "train")).toBe("lost-completion proven");
      expect(verdictOf(log, 150, "train", "lost-completion")?.missing.join()).toContain("clock");
      expect(held(quiet({ skew, skewKnown }), 149, "train")).toBeUndefined();
      expect(held(quiet({ skew, skewKnown }), 150, "train")).toBe("lost-completion likely");
    }
  });

  it("is silent while the source is dark, and says what was ruled out", () => {
    const dark = beating().elsewhere("score", { every: 10, last: 101 });
    const verdict = verdictOf(dark, 200, "train", "dark-source");
    expect(verdict?.ruledOut.map((r) => r.rule)).toContain("lost-completion");
    expect(diagnoseAt(dark, 200).state).toBe("unknown");
  });

  it("is only possible while no other attempt of its source was due since", () => {
    const slow = beating().elsewhere("score", { every: 300, last: 99 });
    expect(held(slow, 150, "train")).toBe("lost-completion possible");
    expect(diagnoseAt(slow, 150).state).toBe("suspect");
  });

  it("takes what the last good attempt wrote for what is owed, where nothing was declared", () => {
    const log = aRun("nightly")
      .past("train", { wrote: ["model", "metrics"] })
      .starts(0)
      .taskStarts("train", 10)
      .writes("train", "model", 90);
    expect(held(log, 400, "train")).toBeUndefined();
    expect(held(log.writes("train", "metrics", 95), 400, "train")).toBe("lost-completion likely");
  });

  it("is proven where the compute layer says that the job succeeded", () => {
    const log = quiet().compute("train", "job-succeeded", 95);
    expect(held(log, 160, "train")).toBe("lost-completion proven");
  });

  it("waits as long as five earlier attempts went on after their outputs, unless it is known to have stopped", () => {
    const known = (afterOutputs: number) =>
      [0, 1, 2, 3, 4].reduce((log) => log.past("train", { afterOutputs, endedAt: -85_000 }), quiet());
    expect(held(known(30), 151, "train")).toBe("lost-completion likely");
    expect(held(known(900), 1049, "train")).toBeUndefined();
    expect(held(known(900), 1050, "train")).toBe("lost-completion likely");
    expect(diagnoseAt(known(900), 400).nextChangeAt).toBe(second(1050));
    expect(held(known(900).compute("train", "job-succeeded", 95), 160, "train")).toBe(
      "lost-completion proven",
    );
  });

  it("leaves to job-outlived a success of which no output is known", () => {
    const log = aRun("n").starts(0).taskStarts("a", 1).compute("a", "job-succeeded", 100);
    expect(held(log, 700, "a")).toBe("job-outlived likely");
  });

  it("takes today's partition for yesterday's, and a part for no other part", () => {
    const wrote = ["orders/2026-03-01", "users/2026-03-01"];
    const log = aRun("n")
      .past("a", { wrote })
      .starts(0)
      .taskStarts("a", 1)
      .writes("a", "orders/2026-03-02", 9);
    expect(held(log, 400, "a")).toBeUndefined();
    expect(held(log.writes("a", "users/2026-03-02", 10), 400, "a")).toBe("lost-completion likely");
  });

  it("is possible, and no silent heartbeat, where beats stopped and the orchestrator went on", () => {
    const log = aRun("n")
      .starts(0)
      .plan("a -> b")
      .taskStarts("a", 1, { promises: 10 })
      .beats("a", { from: 10, to: 100, every: 10 });
    expect(held(log, 400, "a")).toBe("silent-heartbeat likely");
    expect(held(log.taskStarts("b", 110), 400, "a")).toBe("lost-completion possible");
  });

  it("is possible where those behind it went on, by the orchestrator's own order", () => {
    const log = aRun("nightly")
      .starts(0)
      .plan("train -> report")
      .taskStarts("train", 10, { outputs: ["model"] })
      .taskStarts("report", 100);
    expect(held(log, 159, "train")).toBeUndefined();
    expect(held(log, 160, "train")).toBe("lost-completion possible");
  });

  it("flags an old import that was cut off at once, and an hour of Airflow's silence never", () => {
    const cut = aRun("nightly", { importedAt: 400_000 })
      .starts(0)
      .taskStarts("ingest", 10)
      .completes("ingest", 600)
      .taskStarts("train", 620, { outputs: ["model"] });
    expect(held(cut, 400_001, "train")).toBe("lost-completion possible");
    const live = aRun("nightly")
      .starts(0)
      .taskStarts("train", 10, { outputs: ["model"] });
    expect(held(live, 3700, "train")).toBeUndefined();
    expect(held(live, 86_400 + 10, "train")).toBe("lost-completion possible");
  });

  it("judges the original's outputs for a reused node", () => {
    const reused = aRun("nightly")
      .starts(0)
      .taskStarts("train", 10, { outputs: ["model"] })
      .cache("train", "HIT", 11, {}, "earlier-1.train")
      .writes("train", "model", 12, { modifiedAt: -80_000, by: "earlier-1.train" });
    expect(verdictOf(reused, 400, "train", "foreign-outputs")).toBeUndefined();
    expect(held(reused, 400, "train")).toBe("lost-completion likely");
  });

  it("judges a lone job like a step", () => {
    const lone = aRun("train")
      .starts(0, { outputs: ["model"] })
      .writes("train", "model", 90);
    expect(held(lone, 300, "train")).toBe("lost-completion likely");
    expect(diagnoseAt(lone, 300).headline).toBe(
      "`train` wrote its output 3m ago and never reported completion.",
    );
    expect(diagnoseAt(lone, 300).blockers).toHaveLength(1);
  });

  it("offers the missing end as a command that a shell takes as it stands", () => {
    const log = aRun("it's", { source: "a'b; rm -rf" })
      .starts(0, { outputs: ["m"] })
      .writes("it's", "m", 1);
    const command = verdictOf(log, 300, "it's", "lost-completion")?.unblock.at(-1)?.command ?? "";
    expect(command).toContain("$UNSTUCK_URL/api/v1/lineage");
    expect(command).toContain("'\\''");
  });
});
