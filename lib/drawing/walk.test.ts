import { expect, test } from "vitest";
import type { Point } from "./graph-shape.ts";
import { walk } from "./walk.ts";

/** a → b1 b2 b3 → c, with d apart, above c. */
const at = new Map<string, Point>([
  ["a", { x: 0, y: 100 }],
  ["b1", { x: 300, y: 0 }],
  ["b2", { x: 300, y: 110 }],
  ["b3", { x: 310, y: 220 }],
  ["c", { x: 600, y: 210 }],
  ["d", { x: 600, y: 0 }],
]);
const edges = ["b1", "b2", "b3"].flatMap((b) => [
  { from: "a", to: b },
  { from: b, to: "c" },
]);

test("left and right go along the edges, to the neighbour nearest in height", () => {
  expect(walk("a", "right", at, edges)).toBe("b2");
  expect(walk("c", "left", at, edges)).toBe("b3");
  expect(walk("b1", "right", at, edges)).toBe("c");
  expect(walk("d", "left", at, edges)).toBeUndefined();
});

test("up and down go to the next of the same column, with an edge or without", () => {
  expect(walk("b1", "down", at, edges)).toBe("b2");
  expect(walk("b3", "up", at, edges)).toBe("b2");
  expect(walk("c", "up", at, edges)).toBe("d");
  expect(walk("b1", "up", at, edges)).toBeUndefined();
});

test("what is not there is passed over", () => {
  expect(walk("a", "right", at, edges, (id) => id !== "b2")).toBe("b1");
  expect(walk("b1", "down", at, edges, (id) => id !== "b2")).toBe("b3");
});

test("from nowhere there is no way", () => {
  expect(walk("x", "right", at, edges)).toBeUndefined();
});
