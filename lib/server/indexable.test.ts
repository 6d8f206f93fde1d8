import { expect, test } from "vitest";
import { indexable } from "./indexable.ts";

test("a name is kept whole as far as there is room, and a longer one is told from others like it", () => {
  expect(indexable("a".repeat(300))).toBe("a".repeat(300));
  const [long, other] = ["a", "b"].map((end) => indexable(`${"a".repeat(300)}${end}`));
  expect(long).toHaveLength(300);
  expect(long).not.toBe(other);
});

test("a name that is cut in the midst of a character is text that JSON can hold", () => {
  const cut = [0, 1].map((before) => indexable(`${"a".repeat(before)}${"🐘".repeat(200)}`));
  expect(cut.map((name) => name.isWellFormed())).toEqual([true, true]);
});
