import { describe, expect, it } from "vitest";
import { aRun } from "../../testing/a-run.ts";
import type { OriginalOptions } from "../../testing/a-run-options.ts";
import { diagnoseAt, held, verdictOf } from "../../testing/verdict-on.ts";

const rule = "unfinished-original";
const log = (original: OriginalOptions | undefined, status: "WAITING" | "HIT" = "WAITING") => {
  const run = aRun("nightly").starts(0).taskStarts("prep", 1).cache("prep", status, 2, {}, "other.prep");
  return original ? run.original("other.prep", { startedAt: -600, ...original }) : run;
};

describe("unfinished-original", () => {
  it("waits for one that is open, and names it and its run", () => {
    const waiting = log({ status: "open" });
    expect(verdictOf(waiting, 600, "prep", rule)?.claim).toBe(
      "`prep` waits for the result of `other.prep` of run `other`, which has not ended and started 20m ago",
    );
    expect(diagnoseAt(waiting, 600).state).toBe("waiting");
    expect(held(waiting, 600, "prep")).toBe(`${rule} proven`);
  });

  it("is stuck where that one failed", () => {
    const failed = log({ status: "failed", endedAt: 300 });
    expect(verdictOf(failed, 600, "prep", rule)?.claim).toContain("which failed 5m ago");
    expect(diagnoseAt(failed, 600).state).toBe("stuck");
  });

  it("is possible where nothing is known of what it waits for", () => {
    expect(held(log(undefined), 600, "prep")).toBe(`${rule} possible`);
  });

  it("only notes a reuse from what did not complete", () => {
    const reused = log({ status: "aborted", endedAt: -10 }, "HIT").completes("prep", 3);
    expect(verdictOf(reused, 600, "prep", rule)?.ruleClass).toBe("note");
    expect(verdictOf(reused, 600, "prep", rule)?.claim).toContain(
      "was reused from `other.prep` of run `other`, which was aborted 10m ago",
    );
  });

  it("is silent where the original completed, owes no end, or is not known", () => {
    for (const status of ["completed", "endless"] as const) {
      expect(verdictOf(log({ status }), 600, "prep", rule)).toBeUndefined();
      expect(verdictOf(log({ status }, "HIT"), 600, "prep", rule)).toBeUndefined();
    }
    expect(verdictOf(log(undefined, "HIT"), 600, "prep", rule)).toBeUndefined();
  });

  it("says nothing of a run that has ended, though the step itself never said so", () => {
    for (const status of ["open", "failed"] as const)
      expect(verdictOf(log({ status }).ends(60), 600, "prep", rule)).toBeUndefined();
  });

  it("is silent once it has ended, and where its own heartbeat stopped", () => {
    expect(verdictOf(log({ status: "open" }).completes("prep", 60), 600, "prep", rule)).toBeUndefined();
    const dead = log({ status: "open" })
      .promises("prep", 10)
      .beats("prep", { from: 1, to: 61, every: 10 })
      .elsewhere("alive", { every: 10, last: 595 });
    expect(held(dead, 600, "prep")).toBe("silent-heartbeat likely");
  });
});
