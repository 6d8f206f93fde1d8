import { expect, test } from "vitest";
import { countLines, lines } from "./wide-edges.ts";

const many = (name: string, count: number) => Array.from({ length: count }, (_, i) => `${name}${i}`);
const graph = {
  edges: [{ from: "split", to: "score0" }],
  wideEdges: [{ from: many("score", 60), to: many("merge", 50) }],
};

test("of a wide edge the lines to the first and from the first are drawn", () => {
  expect(lines(graph)).toHaveLength(1 + 60 + 49);
  expect(countLines(graph, () => true)).toEqual({ drawn: 110, all: 3_001 });
});

test("only edges between what is drawn are counted", () => {
  expect(countLines(graph, (id) => ["score0", "merge0", "merge1"].includes(id))).toEqual({
    drawn: 2,
    all: 2,
  });
  expect(countLines(graph, (id) => id !== "merge0")).toEqual({ drawn: 1 + 49, all: 1 + 60 * 49 });
  expect(countLines({ ...graph, wideEdges: [] }, () => true)).toEqual({ drawn: 1, all: 1 });
});
