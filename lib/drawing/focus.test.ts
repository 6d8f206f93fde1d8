import { describe, expect, test } from "vitest";
import { lines } from "../base/wide-edges.ts";
import { type FocusNode, focusOn } from "./focus.ts";
import { heldBy } from "./held-by.ts";
import { rowOrder } from "./row-order.ts";
import { walk } from "./walk.ts";

const node = (id: string, kind: FocusNode["kind"], active = false): FocusNode => ({
  id,
  parent: null,
  kind,
  active,
});

/** Done d0…d29 in a row, then the blocker, then planned p0…p99 in a row. */
const line = [
  ...Array.from({ length: 30 }, (_, i) => node(`d${i}`, "done")),
  node("b", "open", true),
  ...Array.from({ length: 100 }, (_, i) => node(`p${i}`, "open")),
];
const lineEdges = line.slice(1).map((n, i) => ({ from: line[i]?.id ?? "", to: n.id }));

describe("focus", () => {
  const focus = focusOn(line, lineEdges, { centres: ["b"], opened: new Set(), limit: 10 });
  const ids = focus.shape.nodes.map((n) => n.id);

  test("shows the blocker between what it came from and what it holds", () => {
    expect(ids).toContain("b");
    expect(ids).toContain("d29");
    expect(ids).toContain("p0");
    expect(ids).not.toContain("p50");
  });

  test("folds the rest and counts it", () => {
    expect(focus.bundles.map((b) => [b.kind, b.members.length])).toEqual([
      ["done", 29],
      ["open", 92],
    ]);
    expect(focus.shape.edges).toContainEqual({ from: "bundle done d0", to: "d29" });
  });

  test("opens a bundle", () => {
    const open = focusOn(line, lineEdges, { centres: ["b"], opened: new Set(["bundle done d0"]), limit: 10 });
    expect(open.shape.nodes.map((n) => n.id)).toContain("d0");
  });

  test("every node is shown or folded, once", () => {
    const folded = focus.bundles.flatMap((b) => b.members);
    const shown = ids.filter((id) => !id.startsWith("bundle"));
    expect([...folded, ...shown].sort()).toEqual(line.map((n) => n.id).sort());
  });
});

test("what waits knows its blocker", () => {
  const held = heldBy(["b"], { edges: lineEdges, wideEdges: [] }, (id) => id.startsWith("p") || id === "b");
  expect(held.get("p99")).toBe("b");
  expect(held.has("b")).toBe(false);
  expect(held.has("d1")).toBe(false);
});

test("what waits behind a wide edge is held by whatever holds one before it", () => {
  const edges = { edges: [{ from: "x", to: "a2" }], wideEdges: [{ from: ["a1", "a2"], to: ["b1", "b2"] }] };
  const held = heldBy(["x"], edges, (id) => id !== "a1");
  expect([...held]).toEqual([
    ["a2", "x"],
    ["b1", "x"],
    ["b2", "x"],
  ]);
});

test("a wide edge is drawn as the lines to the first behind it and from the first before it", () => {
  const drawn = lines({ edges: [{ from: "x", to: "a" }], wideEdges: [{ from: ["a", "b"], to: ["c", "d"] }] });
  expect(drawn.map(({ from, to }) => from + to)).toEqual(["xa", "ac", "bc", "ad"]);
});

test("rows: what precedes stands above, children below their parent", () => {
  const row = (id: string, startedAt: number | null, parent: string | null = null) => ({
    id,
    parent,
    startedAt,
  });
  const rows = rowOrder(
    [row("c", null), row("a", 5), row("a/2", 7, "a"), row("b", 4), row("a/1", 6, "a")],
    [{ from: "b", to: "a" }],
  );
  expect(rows).toEqual(["b", "a", "a/1", "a/2", "c"]);
});

test("arrows walk along edges and columns", () => {
  const at = new Map([
    ["a", { x: 0, y: 0 }],
    ["b", { x: 240, y: -50 }],
    ["c", { x: 240, y: 90 }],
  ]);
  const edges = [
    { from: "a", to: "b" },
    { from: "a", to: "c" },
  ];
  expect(walk("a", "right", at, edges)).toBe("b");
  expect(walk("b", "down", at, edges)).toBe("c");
  expect(walk("c", "left", at, edges)).toBe("a");
  expect(walk("a", "left", at, edges)).toBeUndefined();
});
