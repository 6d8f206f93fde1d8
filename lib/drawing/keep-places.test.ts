import fc from "fast-check";
import { expect, test } from "vitest";
import { type GraphShape, NODE_HEIGHT, NODE_WIDTH, type Point } from "./graph-shape.ts";
import { keepPlaces } from "./keep-places.ts";
import { layerLayout } from "./layer-layout.ts";

function shapeOf(ids: readonly string[], pairs: readonly (readonly [string, string])[]): GraphShape {
  return {
    nodes: ids.map((id) => ({ id, parent: null })),
    edges: pairs.map(([from, to]) => ({ from, to })),
  };
}

function placesOf({ nodes }: GraphShape, coordinates: Float64Array | undefined): Map<string, Point> {
  return new Map(
    nodes.map(({ id }, i) => [id, { x: coordinates?.[2 * i] ?? 0, y: coordinates?.[2 * i + 1] ?? 0 }]),
  );
}

const LINE = shapeOf(
  ["a", "b", "c"],
  [
    ["a", "b"],
    ["b", "c"],
  ],
);

test("what stays keeps its place, and what is new comes behind what it follows", () => {
  const before = new Map([
    ["a", { x: 900, y: 30 }],
    ["b", { x: 1_400, y: 70 }],
  ]);
  const after = placesOf(LINE, keepPlaces(before, LINE, layerLayout(LINE)));
  expect(after.get("a")).toEqual(before.get("a"));
  expect(after.get("b")).toEqual(before.get("b"));
  const c = after.get("c");
  expect(c?.y).toBe(70);
  expect(c?.x).toBeGreaterThan(1_400 + NODE_WIDTH);
});

test("where little is left the new layout holds", () => {
  expect(keepPlaces(new Map([["a", { x: 900, y: 30 }]]), LINE, layerLayout(LINE))).toBeUndefined();
});

test("whatever comes and goes, nothing that stays moves and nothing new lies on another node", () => {
  const name = fc.integer({ min: 0, max: 30 }).map(String);
  const graph = fc
    .record({
      ids: fc.uniqueArray(name, { minLength: 1, maxLength: 25 }),
      pairs: fc.array(fc.tuple(name, name), { maxLength: 40 }),
    })
    .map(({ ids, pairs }) => shapeOf(ids, pairs));
  fc.assert(
    fc.property(graph, graph, (first, second) => {
      const before = placesOf(first, layerLayout(first));
      const coordinates = keepPlaces(before, second, layerLayout(second));
      if (!coordinates) return;
      const after = placesOf(second, coordinates);
      for (const [id, place] of after) {
        const old = before.get(id);
        if (old) expect(place).toEqual(old);
        else {
          for (const [other, there] of after) {
            const apart =
              Math.abs(there.x - place.x) >= NODE_WIDTH || Math.abs(there.y - place.y) >= NODE_HEIGHT;
            expect(other === id || apart).toBe(true);
          }
        }
      }
    }),
  );
});
