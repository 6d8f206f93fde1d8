import { describe, expect, it } from "vitest";
import { readValue, valueWords } from "./threshold-words";

describe("a value of a threshold", () => {
  it.each([
    [90_000, "ms", "1m 30s"],
    [1, "intervals", "1 interval"],
    [4_000_000, "steps", "4,000,000 steps"],
    [0.9, "share", "0.9"],
  ])("%d %s is told as %s, and read from it", (value, unit, words) => {
    expect(valueWords(value, unit)).toBe(words);
    expect(readValue(words, unit)).toBe(value);
  });

  it.each([
    ["soon", "ms"],
    ["90", "ms"],
    ["", "intervals"],
    ["three", "intervals"],
  ])("%j is none of %s", (text, unit) => {
    expect(readValue(text, unit)).toBeUndefined();
  });
});
