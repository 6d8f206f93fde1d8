import { describe, expect, it } from "vitest";
import { aRun } from "../testing/a-run.ts";
import type { OtherOptions } from "../testing/a-run-options.ts";
import { diagnoseAt, held, verdictOf } from "../testing/verdict-on.ts";

/** `score` is declared to come after attempt `theirs` of another run, and waits. */
const waits = (other: OtherOptions | undefined) => {
  const log = aRun("nightly")
    .starts(0)
    .plan("score -> report")
    .waits("score", 10)
    .after("score", ["theirs"], 10);
  return other ? log.other("theirs", other) : log;
};
const rule = "blocked-upstream";

describe("a step that waits for another run", () => {
  it("names that run, and whether it is stuck itself or getting on", () => {
    const stuck = waits({ status: "open", run: "r7", state: "stuck", headline: "`load` never ended." });
    expect(verdictOf(stuck, 60, "score", rule)?.claim).toBe(
      "`score` waits for run `r7` of `hourly`, which is stuck itself",
    );
    expect(diagnoseAt(stuck, 60)).toMatchObject({ state: "waiting", waitsFor: ["r7"] });
    expect(verdictOf(waits({ status: "open", state: "progressing" }), 60, "score", rule)?.claim).toContain(
      "which is getting on",
    );
  });

  it("leads there, and says what is known of it", () => {
    const log = waits({ status: "open", run: "r7", state: "stuck", headline: "`load` never ended." });
    const verdict = verdictOf(log, 60, "score", rule);
    expect(verdict?.evidence.find((e) => e.runId === "r7")?.text).toContain("`load` never ended.");
    expect(verdict?.certainty).toBe("proven");
  });

  it("names what holds it in the end, where that run waits in turn", () => {
    const behind = [
      { runId: "r8", pipeline: "daily", state: "waiting" },
      { runId: "r9", pipeline: "weekly", state: "stuck" },
    ] as const;
    const log = waits({ status: "open", run: "r7", state: "waiting", behind });
    expect(verdictOf(log, 60, "score", rule)?.claim).toBe(
      "`score` waits for run `r7` of `hourly`, which waits itself: in the end for run `r9` of `weekly`, which is stuck itself",
    );
  });

  it("is stuck where the two wait for each other", () => {
    const log = waits({ status: "open", state: "waiting", waitsForUs: true });
    expect(verdictOf(log, 60, "score", rule)).toMatchObject({ ruleClass: "stuck", certainty: "likely" });
    expect(diagnoseAt(log, 60).state).toBe("stuck");
  });

  it("is stuck a minute after what was to come first failed, unless its rule does not mind", () => {
    const failed = { status: "failed", run: "r7", endedAt: 100 } as const;
    expect(held(waits(failed), 159, "score")).toBeUndefined();
    expect(held(waits(failed), 160, "score")).toBe("failed-upstream likely");
    expect(verdictOf(waits(failed), 220, "score", "failed-upstream")?.claim).toBe(
      "Run `r7` of `hourly` failed 2m ago, and `score` waits for its success",
    );
    const anyEnd = aRun("n")
      .starts(0)
      .waits("score", 10, { trigger: "all-done" })
      .after("score", ["theirs"], 10);
    expect(held(anyEnd.other("theirs", failed), 400, "score")).toBeUndefined();
  });

  it("waits no more once it has started, or the other has completed, and says nothing of what is not known", () => {
    const started = waits({ status: "open", state: "stuck" }).taskStarts("score", 20);
    expect(held(started, 60, "score")).toBeUndefined();
    expect(held(waits({ status: "completed", endedAt: 20 }), 60, "score")).toBeUndefined();
    expect(held(waits(undefined), 60, "score")).toBeUndefined();
  });

  it("is blamed on its own run first", () => {
    const log = aRun("nightly")
      .starts(0)
      .plan("load -> score")
      .taskStarts("load", 1)
      .waits("score", 10)
      .after("score", ["theirs"], 10)
      .other("theirs", { status: "open", state: "stuck" });
    expect(verdictOf(log, 60, "score", rule)?.claim).toContain("`load`");
  });

  it("takes the latest execution of a job of which no run is named, and is no surer than that", () => {
    const namesJob = (other: OtherOptions) =>
      aRun("n").starts(0).waits("score", 10).afterJob("score", "load", 10).other("airflow-prod\nload", other);
    const verdict = verdictOf(namesJob({ status: "open", run: "r7", state: "stuck" }), 60, "score", rule);
    expect(verdict).toMatchObject({ certainty: "likely" });
    expect(verdict?.claim).toBe("`score` waits for run `r7` of `hourly`, which is stuck itself");
    expect(verdict?.missing[0]).toContain("which execution it waits for");
    // One that failed may not be the one that it waits for: another may follow.
    expect(held(namesJob({ status: "failed", endedAt: 20 }), 4000, "score")).toBeUndefined();
  });

  it("may be a sensor that is under way and says whom it waits for", () => {
    const sensor = aRun("n")
      .starts(0)
      .taskStarts("sense", 10)
      .waitsFor("sense", 20, { kind: "sensor", holder: { attemptId: "theirs" } })
      .other("theirs", { status: "open", run: "r7", state: "slow" });
    expect(verdictOf(sensor, 60, "sense", rule)?.claim).toBe(
      "`sense` waits for run `r7` of `hourly`, which is slow itself",
    );
    const past = sensor.says("sense", 30);
    expect(verdictOf(past, 60, "sense", rule)).toBeUndefined();
  });
});

describe("a lock that another run has", () => {
  const locked = (other: OtherOptions) =>
    aRun("n")
      .starts(0)
      .taskStarts("write", 10)
      .waitsFor("write", 20, { kind: "lock", on: "table", holder: { attemptId: "theirs" } })
      .other("theirs", other);

  it("names the run, how it stands with it, and leads there", () => {
    const verdict = verdictOf(
      locked({ status: "open", run: "r7", state: "stuck" }),
      60,
      "write",
      "held-lock",
    );
    expect(verdict?.claim).toBe(
      "`write` has waited 40s for the lock `table`, which run `r7` of `hourly` has, which is stuck itself",
    );
    expect(verdict?.evidence.some((e) => e.runId === "r7")).toBe(true);
  });

  it("is stuck once that run has ended and nobody gave the lock back", () => {
    const gone = locked({ status: "failed", run: "r7", endedAt: 30 });
    expect(held(gone, 89, "write")).toBe("held-lock proven");
    expect(diagnoseAt(gone, 90).state).toBe("stuck");
  });
});
