import { describe, expect, it } from "vitest";
import { spreadOf } from "./spread.ts";

describe("how numbers lie", () => {
  it("is nothing where there are none", () => {
    expect(spreadOf([])).toBeUndefined();
  });

  it("of one is that one", () => {
    expect(spreadOf([7])).toEqual({ samples: 1, median: 7, p95: 7 });
  });

  it("does not depend on their order, and sorts them as numbers", () => {
    expect(spreadOf([100, 9, 20])?.median).toBe(20);
  });

  it("lies between two samples where it falls between them", () => {
    expect(spreadOf([0, 10])).toEqual({ samples: 2, median: 5, p95: 9.5 });
    expect(spreadOf(Array.from({ length: 101 }, (_, i) => i))).toEqual({ samples: 101, median: 50, p95: 95 });
  });
});
