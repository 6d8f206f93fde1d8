import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileGlob } from "./glob.ts";

describe("a glob", () => {
  it.each([
    ["train", "train", true],
    ["train", "retrain", false],
    ["*", "", true],
    ["*", "any/thing[3]", true],
    ["train*", "train[17]", true],
    ["*_sensor", "wait_for_file_sensor", true],
    ["*_sensor", "sensor", false],
    ["a*b*c", "a--b--c", true],
    ["a*b*c", "a--c--b", false],
    // The last piece must not be used twice.
    ["ab*b", "ab", false],
    ["a*bc*bc", "abc", false],
    ["a*bc*bc", "abcbc", true],
    // Only the star means anything.
    ["a.c", "abc", false],
    ["step[1]", "step[1]", true],
    ["step?", "step1", false],
  ])("%s against %s: %s", (pattern, name, expected) => {
    expect(compileGlob(pattern).matches(name)).toBe(expected);
  });

  it("says what the expression of the same meaning says", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b", "*"), maxLength: 8 });
    const names = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 10 });
    fc.assert(
      fc.property(letters, names, (pattern, name) => {
        const expression = new RegExp(`^${pattern.replace(/\*+/g, ".*")}$`);
        expect(compileGlob(pattern).matches(name)).toBe(expression.test(name));
      }),
    );
  });

  it("is the more specific the more it names, and most without a star", () => {
    const ordered = ["*", "a*", "ab*", "a*bc", "a"].map((pattern) => compileGlob(pattern).specificity);
    expect(ordered).toEqual([0, 1, 2, 3, Number.POSITIVE_INFINITY]);
  });
});
