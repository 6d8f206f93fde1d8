import fc from "fast-check";
import { expect, test } from "vitest";
import { criticalPath, type PathNode } from "./critical-path.ts";

const node = (id: string, startedAt: number | null, endedAt: number | null): PathNode => ({
  id,
  startedAt,
  endedAt,
});
const edge = (from: string, to: string) => ({ from, to });

test("of two that a step waits for, the one that ended last is on the path", () => {
  const nodes = [node("a", 0, 10), node("quick", 10, 15), node("slow", 10, 40), node("end", 41, 50)];
  const edges = [edge("a", "quick"), edge("a", "slow"), edge("quick", "end"), edge("slow", "end")];
  expect(criticalPath(nodes, edges)).toEqual(["a", "slow", "end"]);
});

test("a run that goes on is as long as what has gone on longest", () => {
  const nodes = [node("a", 0, 10), node("old", 11, null), node("new", 30, null), node("other", 1, 99)];
  expect(criticalPath(nodes, [edge("a", "old"), edge("a", "new")])).toEqual(["a", "old"]);
});

test("the path leads to what holds the run, where that has started", () => {
  const nodes = [node("a", 0, 10), node("old", 5, null), node("held", 11, null), node("next", null, null)];
  const edges = [edge("a", "held"), edge("held", "next")];
  expect(criticalPath(nodes, edges, "held")).toEqual(["a", "held"]);
  expect(criticalPath(nodes, edges, "next")).toEqual(["old"]);
});

test("what began before the end of another did not wait for it", () => {
  const nodes = [node("stream", 0, 90), node("load", 0, 10), node("read", 12, 100)];
  expect(criticalPath(nodes, [edge("stream", "read"), edge("load", "read")])).toEqual(["load", "read"]);
});

test("nothing started has no path", () => {
  expect(criticalPath([node("a", null, null)], [])).toEqual([]);
  expect(criticalPath([], [edge("a", "b")])).toEqual([]);
});

test("whatever the edges, the path ends, and each step on it ended before the next began", () => {
  const id = fc.integer({ min: 0, max: 8 }).map(String);
  const times = fc.record({ start: fc.nat(50), took: fc.nat(50) });
  fc.assert(
    fc.property(
      fc.array(times, { minLength: 9, maxLength: 9 }),
      fc.array(fc.record({ from: id, to: id }), { maxLength: 30 }),
      (all, edges) => {
        const nodes = all.map(({ start, took }, i) => node(String(i), start, start + took));
        const path = criticalPath(nodes, edges).map((key) => nodes[Number(key)]);
        expect(path.length).toBeGreaterThan(0);
        for (let i = 1; i < path.length; i += 1) {
          expect(path[i - 1]?.endedAt).toBeLessThanOrEqual(path[i]?.startedAt ?? -1);
        }
      },
    ),
  );
});
