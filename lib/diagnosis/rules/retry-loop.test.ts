import { describe, expect, it } from "vitest";
import { aRun } from "../../testing/a-run.ts";
import { diagnoseAt, held, verdictOf } from "../../testing/verdict-on.ts";

const tries = (errors: readonly (string | undefined)[], maxAttempts = 9) => {
  const log = aRun("nightly").starts(0).plan("train -> report");
  errors.forEach((error, i) => {
    log.taskStarts("train", 100 * i + 10, { number: i + 1, maxAttempts }).fails("train", 100 * i + 50, error);
  });
  return log;
};
const same = (count: number, maxAttempts?: number) =>
  tries(
    Array.from({ length: count }, (_, i) => `no table orders in session 8f3a${i}b2c at 02:0${i}:11`),
    maxAttempts,
  );

describe("retry-loop", () => {
  it("claims from the third failure that says the same, numbers and ids aside", () => {
    expect(held(same(2), 300, "train")).toBe("waiting-retry likely");
    expect(held(same(3), 300, "train")).toBe("retry-loop likely");
    expect(diagnoseAt(same(3), 300).state).toBe("stuck");
    const verdict = verdictOf(same(3), 300, "train", "retry-loop");
    expect(verdict?.claim).toContain("failed 3 times in a row with the same error");
    expect(verdict?.claim).toContain("6 tries of 9 left");
    expect(verdict?.evidence).toHaveLength(3);
  });

  it("is silent where the errors differ, or where one of the last three does", () => {
    expect(held(tries(["a", "b", "c"]), 300, "train")).toBe("waiting-retry likely");
    expect(held(tries(["a", "a", "b", "a", "a"]), 500, "train")).toBe("waiting-retry likely");
    expect(held(tries(["b", "a", "a", "a"]), 400, "train")).toBe("retry-loop likely");
  });

  it("is silent where the source does not say why", () => {
    expect(held(tries([undefined, undefined, undefined]), 300, "train")).toBe("waiting-retry likely");
  });

  it("is silent where the step has failed for good: the run ends by itself", () => {
    expect(held(same(3, 3), 300, "train")).toBeUndefined();
  });

  it("is only possible while another try runs, until that outlives those that failed", () => {
    const log = same(3).taskStarts("train", 300, { number: 4, maxAttempts: 9 });
    expect(held(log, 339, "train")).toBe("retry-loop possible");
    expect(held(log, 340, "train")).toBeUndefined();
  });

  it("does not count what failed before a try that completed", () => {
    const log = same(3).taskStarts("train", 300, { number: 4 }).completes("train", 310);
    log.taskStarts("train", 400, { number: 5, maxAttempts: 9 }).fails("train", 410, "no table orders");
    expect(held(log, 420, "train")).toBe("waiting-retry likely");
  });
});
