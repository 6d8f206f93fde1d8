import { describe, expect, it } from "vitest";
import type { Instant } from "../base/instant.ts";
import type { ThresholdName } from "./policy.ts";
import { conflictOf } from "./policy-conflict.ts";
import type { Override } from "./policy-overrides.ts";

const set = (
  threshold: ThresholdName,
  value: number,
  pipeline = "*",
  node: string | null = null,
): Override => ({
  ...{ threshold, value, pipeline, node },
  ...{ who: "Ada", at: 0 as Instant },
});
/** What speaks against setting the last one beside the others. */
const setting = (...all: Override[]) => {
  const last = all.at(-1);
  return last && conflictOf(last, all.slice(0, -1), all);
};

describe("a threshold that contradicts another", () => {
  it("is one that is out of order with a default, or with what is set for the same", () => {
    expect(setting(set("deadAfterIntervals", 1, "nightly"))).toBe(
      "deadAfterIntervals would be 1 for nightly, where suspectAfterIntervals is 2: suspectAfterIntervals may not be more than deadAfterIntervals",
    );
    expect(setting(set("suspectAfterIntervals", 4))).toContain("where deadAfterIntervals is 3");
    expect(setting(set("deadAfterIntervals", 9), set("suspectAfterIntervals", 4))).toBeUndefined();
    expect(setting(set("suspectAfterIntervals", 3))).toBeUndefined();
    expect(setting(set("parentGraceMs", 3_600_000))).toMatch(/parentGraceMs would be 1h.* is 10m/);
  });

  it("is found where another is set for less, or for more", () => {
    const narrow = set("deadAfterIntervals", 4, "nightly", "train*");
    expect(setting(narrow, set("suspectAfterIntervals", 3))).toBeUndefined();
    expect(setting(set("deadAfterIntervals", 9), narrow, set("suspectAfterIntervals", 5))).toMatch(
      /would be 5 for nightly, train\*, where deadAfterIntervals is 4/,
    );
    expect(setting(set("deadAfterIntervals", 9), set("suspectAfterIntervals", 5, "nightly"))).toBeUndefined();
  });

  it("may come of taking another away", () => {
    const [dead, suspect] = [set("deadAfterIntervals", 9), set("suspectAfterIntervals", 5)];
    expect(conflictOf(dead, [dead, suspect], [suspect])).toContain("would be 3");
    expect(conflictOf(suspect, [dead, suspect], [dead])).toBeUndefined();
  });

  it("is not held against a change that mends something else, nor against what has no partner", () => {
    const wrong = set("suspectAfterIntervals", 8, "old");
    expect(setting(wrong, set("deadAfterIntervals", 5, "new"))).toBeUndefined();
    expect(setting(set("hungGraceMs", 0))).toBeUndefined();
  });
});
