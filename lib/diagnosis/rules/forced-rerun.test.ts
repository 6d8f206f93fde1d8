import { describe, expect, it } from "vitest";
import { aRun } from "../../testing/a-run.ts";
import { diagnoseAt, verdictOf } from "../../testing/verdict-on.ts";

const rule = "forced-rerun";
const log = () => aRun("nightly").past("prep").starts(0).taskStarts("prep", 1);

describe("forced-rerun", () => {
  it("says that the cache was passed by, and when it last completed", () => {
    expect(verdictOf(log().cache("prep", "BYPASSED", 2), 60, "prep", rule)?.claim).toBe(
      "`prep` was run again because this run was told not to reuse it; it last completed 23h 54m ago",
    );
  });

  it("is said once, of the run, where the whole of it was forced", () => {
    const whole = log().past("nightly").cache("nightly", "BYPASSED", 1).cache("prep", "BYPASSED", 2);
    const told = (seconds: number) =>
      diagnoseAt(whole, seconds)
        .verdicts.filter((v) => v.rule === rule)
        .map((v) => v.nodeKey);
    expect(told(60)).toEqual(["nightly"]);
    whole.completes("prep", 70).ends(80);
    expect(told(100)).toEqual(["nightly"]);
  });

  it("says no more than that at the first time", () => {
    const first = aRun("nightly").starts(0).taskStarts("prep", 1).cache("prep", "BYPASSED", 2);
    expect(verdictOf(first, 60, "prep", rule)?.claim).toBe(
      "`prep` was run because this run was told not to reuse it: its source said so 58s ago",
    );
  });

  it("is silent where reuse is off for good", () => {
    expect(verdictOf(log().cache("prep", "DISABLED", 2), 60, "prep", rule)).toBeUndefined();
  });
});
