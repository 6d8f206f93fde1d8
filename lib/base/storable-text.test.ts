import { expect, it } from "vitest";
import { LONGEST_TEXT, storable } from "./storable-text.ts";

it("makes all texts of a value storable, keys included, wherever they stand", () => {
  const long = "x".repeat(LONGEST_TEXT + 1);
  expect(storable(["a\0b", { "k\ud800": [{ deep: long }], fine: 1 }, null])).toEqual([
    "a\uFFFDb",
    { "k\uFFFD": [{ deep: "x".repeat(LONGEST_TEXT) }], fine: 1 },
    null,
  ]);
});

it("gives back as it is what needs nothing", () => {
  const value = [{ a: ["b", { c: undefined }], d: "\ud83d\ude00" }, 1, null];
  expect(storable(value)).toBe(value);
});
