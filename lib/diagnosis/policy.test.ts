import { describe, expect, it } from "vitest";
import { defaultPolicy, type Threshold, thresholdNames, thresholds } from "./policy.ts";

describe("each threshold", () => {
  it.each(Object.entries<Threshold>(thresholds))(
    "%s holds its default within its bounds, and says why",
    (name, t) => {
      expect(t.default).toBeGreaterThanOrEqual(t.least);
      expect(t.default).toBeLessThanOrEqual(t.most);
      expect(t.reason).toMatch(/^[A-Z].*\.$/);
      // The name tells the unit of times to whoever reads a rule.
      expect(name.endsWith("Ms")).toBe(t.unit === "ms");
    },
  );

  it("has its default in the policy that holds where nobody set another", () => {
    expect(Object.keys(defaultPolicy)).toEqual(thresholdNames);
    expect(defaultPolicy.outputStableMs).toBe(60_000);
    expect(defaultPolicy.recordShare).toBe(0.9);
  });
});
