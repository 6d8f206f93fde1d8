import { Graphviz } from "@hpcc-js/wasm-graphviz";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { boundsOf, fitRect, openingView, zoomAt } from "./bounds.ts";
import { chooseLayout } from "./choose-layout.ts";
import { toDotText } from "./dot-text.ts";
import { type Coordinates, type GraphShape, NODE_HEIGHT, NODE_WIDTH, shapeHash } from "./graph-shape.ts";
import { layerLayout } from "./layer-layout.ts";
import { readPlainOutput } from "./plain-output.ts";

const graph = fc.integer({ min: 0, max: 24 }).chain((size) =>
  fc.record({
    nodes: fc.tuple(
      ...Array.from({ length: size }, (_, i) =>
        fc.record({
          id: fc.constant(`n${i}`),
          // Now and then a parent, which comes earlier.
          parent: fc
            .option(fc.integer({ min: 0, max: Math.max(0, i - 1) }), { nil: null, freq: 3 })
            .map((p) => (p === null || p === i ? null : `n${p}`)),
        }),
      ),
    ),
    edges: fc.array(
      fc.record({
        from: fc.integer({ min: 0, max: size }).map((i) => `n${i}`),
        to: fc.integer({ min: 0, max: size }).map((i) => `n${i}`),
      }),
      { maxLength: 40 },
    ),
  }),
) satisfies fc.Arbitrary<GraphShape>;

function overlaps(at: Coordinates): string[] {
  const found: string[] = [];
  for (let i = 0; i < at.length; i += 2) {
    for (let j = 0; j < i; j += 2) {
      const dx = Math.abs((at[i] ?? 0) - (at[j] ?? 0));
      const dy = Math.abs((at[i + 1] ?? 0) - (at[j + 1] ?? 0));
      if (dx < NODE_WIDTH && dy < NODE_HEIGHT) found.push(`${i / 2} and ${j / 2}`);
    }
  }
  return found;
}

function fan(size: number): GraphShape {
  const names = Array.from({ length: size }, (_, i) => `m${i}`);
  return {
    nodes: ["a", ...names, "z"].map((id) => ({ id, parent: null })),
    edges: names.flatMap((id) => [
      { from: "a", to: id },
      { from: id, to: "z" },
    ]),
  };
}

function chain(size: number): GraphShape {
  return {
    nodes: Array.from({ length: size }, (_, i) => ({ id: `c${i}`, parent: null })),
    edges: Array.from({ length: size - 1 }, (_, i) => ({ from: `c${i}`, to: `c${i + 1}` })),
  };
}

describe("the layout in columns", () => {
  test("no two nodes overlap, whatever the graph", () => {
    fc.assert(
      fc.property(graph, (shape) => {
        const at = layerLayout(shape);
        expect(at).toHaveLength(shape.nodes.length * 2);
        expect(overlaps(at)).toEqual([]);
      }),
    );
  });

  test("what precedes stands left", () => {
    const at = layerLayout(chain(5));
    for (let i = 2; i < at.length; i += 2) expect(at[i]).toBeGreaterThan(at[i - 2] ?? 0);
  });

  test("a very wide column is folded into a block without overlap", () => {
    const at = layerLayout(fan(800));
    const ys = at.filter((_, i) => i % 2 === 1);
    expect(Math.max(...ys) - Math.min(...ys)).toBeLessThan(3_500);
    expect(overlaps(at)).toEqual([]);
  });
});

describe("Graphviz", () => {
  let graphviz: Graphviz;
  beforeAll(async () => {
    graphviz = await Graphviz.load();
  });

  test("no two nodes overlap, boxes and cycles included", () => {
    fc.assert(
      fc.property(graph, (shape) => {
        const text = graphviz.layout(toDotText(shape), "plain", "dot");
        expect(overlaps(readPlainOutput(text, shape.nodes.length))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

test("plain output is read with its upper left corners, y downwards", () => {
  const text =
    "graph 1 10 4\nnode 0 2 3 2.6 0.86 x\nnode 1 6 1 2.6 0.86 y\nedge 0 1 4 0 0 0 0 solid black\nstop\n";
  expect([...readPlainOutput(text, 2)]).toEqual([49, 41, 337, 185]);
});

test("plain output that leaves a node out is refused", () => {
  expect(() => readPlainOutput("graph 1 1 1\nnode 0 1 1\nstop\n", 2)).toThrow(/every node/);
});

test("chains and crowds are laid out in columns, the rest by Graphviz", () => {
  expect(chooseLayout(chain(300))).toBe("columns");
  expect(chooseLayout(fan(800))).toBe("columns");
  expect(chooseLayout(fan(5))).toBe("graphviz");
});

test("the hash tells shapes apart", () => {
  const shape = fan(3);
  expect(shapeHash(shape)).toBe(shapeHash(fan(3)));
  expect(shapeHash({ ...shape, edges: shape.edges.slice(1) })).not.toBe(shapeHash(shape));
  expect(shapeHash({ ...shape, nodes: shape.nodes.map((n) => ({ ...n, parent: "a" })) })).not.toBe(
    shapeHash(shape),
  );
});

describe("the first look", () => {
  const row = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => ({ x: i * 240, y: 0 }));

  test("shows all of it where it can be read", () => {
    const view = openingView(boundsOf(row.slice(0, 3)), row[2], 1000, 500);
    expect(view).toEqual(fitRect(boundsOf(row.slice(0, 3)), 1000, 500));
  });

  test("else its point, but never beyond the ends", () => {
    const view = openingView(boundsOf(row), row[7], 700, 500);
    const right = (7 * 240 + NODE_WIDTH) * view.zoom + view.x;
    expect(right).toBeCloseTo(700 - 24);
    // What fits across stands in the middle.
    expect(view.y + (NODE_HEIGHT / 2) * view.zoom).toBeCloseTo(250);
  });
});

test("zooming keeps the point under the pointer", () => {
  const view = zoomAt({ x: 10, y: 20, zoom: 1 }, 110, 220, 2);
  expect(view).toEqual({ zoom: 2, x: -90, y: -180 });
});
