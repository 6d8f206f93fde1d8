import fc from "fast-check";
import { expect, test } from "vitest";
import { isLayoutName, layoutName } from "./layout-name.ts";
import { packLayout, unpackLayout } from "./packed-layout.ts";

test("coordinates come back to the tenth of a pixel, whatever they are", () => {
  const places = fc.array(fc.double({ min: -1e7, max: 1e7, noNaN: true }));
  fc.assert(
    fc.property(places, (coordinates) => {
      const back = unpackLayout(packLayout(coordinates));
      expect(back).toHaveLength(coordinates.length);
      back.forEach((value, i) => {
        expect(Math.abs(value - (coordinates[i] ?? 0))).toBeLessThan(0.0501);
      });
    }),
  );
});

test("a thousand nodes that stand in columns take some five bytes each", () => {
  const grid = Array.from({ length: 1_000 }, (_, i) => [Math.floor(i / 25) * 242, (i % 25) * 102]).flat();
  expect(packLayout(grid).length).toBeLessThan(5_000);
});

test("bytes that were cut off are not taken for a smaller layout", () => {
  const bytes = packLayout([10, 20, 300, 20]);
  expect(() => unpackLayout(bytes.subarray(0, bytes.length - 1))).toThrow(/too early/);
});

test("a layout has one name whichever edge became known first, and another for another order of nodes", () => {
  const nodes = ["a", "b", "c"].map((id) => ({ id, parent: null }));
  const edges = [
    { from: "a", to: "b" },
    { from: "a", to: "c" },
  ];
  const name = layoutName({ nodes, edges });
  expect(layoutName({ nodes, edges: edges.toReversed() })).toBe(name);
  expect(layoutName({ nodes: nodes.toReversed(), edges })).not.toBe(name);
  expect(layoutName({ nodes, edges: edges.slice(1) })).not.toBe(name);
  expect(isLayoutName(name)).toBe(true);
});

test.each(["", "1-2-3", "1-2-3-a\u0000", "1-2-3-ab\n", "1-2-3-AB", `1-2-3-${"a".repeat(99)}`])(
  "%j is no name",
  (text) => {
    expect(isLayoutName(text)).toBe(false);
  },
);
