import { describe, expect, it } from "vitest";
import { labelPlaces, trend } from "./trend.ts";

describe("a trend", () => {
  it("is as high as the highest of its bars and lines", () => {
    expect(trend([5, 10], [2.5], 40)).toEqual({ heights: [20, 40], lines: [10] });
    expect(trend([5], [10, 20], 40)).toEqual({ heights: [10], lines: [20, 40] });
  });

  it("draws nothing where nothing is known, nothing high where it was nothing, and a little where it was little", () => {
    expect(trend([null, 0, 0.001, 100], [], 50).heights).toEqual([undefined, 0, 1.5, 50]);
    expect(trend([0, null], [], 50).heights).toEqual([0, undefined]);
  });

  it("keeps to a top that is given, and does not go beyond it", () => {
    expect(trend([0.5, 2], [], 20, 1).heights).toEqual([10, 20]);
  });
});

describe("labels below columns", () => {
  it("stand where they change, not too near each other nor the end", () => {
    expect(labelPlaces(["a", "a", "b", "b", "b", "b", "c", "c"], 3)).toEqual([0]);
    expect(labelPlaces(["a", "b", "b", "b", "c", "c", "c"], 3)).toEqual([0, 4]);
  });

  it("are at least one", () => {
    expect(labelPlaces(["a"], 3)).toEqual([0]);
    expect(labelPlaces([], 3)).toEqual([]);
  });
});
