import type { ShapeEdge } from "./graph-shape.ts";
import { neighboursOf, topologicalOrder } from "./layers.ts";

export interface RowNode {
  readonly id: string;
  readonly parent: string | null;
  /** Where two could stand in either order, the earlier first. */
  readonly startedAt: number | null;
}

/** Rows from top to bottom: what precedes stands above, children stand below their parent, else by start. */
export function rowOrder(nodes: readonly RowNode[], edges: readonly ShapeEdge[]): string[] {
  const byStart = nodes
    .map((node, i) => ({ node, i }))
    .sort((a, b) => start(a.node) - start(b.node) || a.i - b.i)
    .map(({ node }) => node);
  const index = new Map(byStart.map((node, i) => [node.id, i]));
  const from: number[] = [];
  const to: number[] = [];
  for (const edge of edges) {
    const a = index.get(edge.from);
    const b = index.get(edge.to);
    if (a === undefined || b === undefined || a === b) continue;
    from.push(a);
    to.push(b);
  }
  const near = neighboursOf({ size: byStart.length, from, to });
  const order = topologicalOrder(near);
  // Nothing stands above what it came from; what has not begun stands below all that has.
  const begun = byStart.map(start);
  for (const i of order) {
    for (const before of near.upstream[i] ?? []) begun[i] = Math.max(begun[i] ?? 0, begun[before] ?? 0);
  }
  const place = new Map(order.map((i, at) => [i, at]));
  order.sort((a, b) => (begun[a] ?? 0) - (begun[b] ?? 0) || (place.get(a) ?? 0) - (place.get(b) ?? 0));
  const below = new Map<string | null, string[]>();
  for (const i of order) {
    const node = byStart[i];
    if (!node) continue;
    const parent =
      node.parent !== null && index.has(node.parent) && node.parent !== node.id ? node.parent : null;
    const rows = below.get(parent);
    if (rows) rows.push(node.id);
    else below.set(parent, [node.id]);
  }
  const rows: string[] = [];
  const seen = new Set<string>();
  const stack = [...(below.get(null) ?? [])].reverse();
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    rows.push(id);
    for (const child of (below.get(id) ?? []).toReversed()) stack.push(child);
  }
  // Parents in a ring have no top; they still have rows.
  return rows.length === nodes.length
    ? rows
    : [...rows, ...byStart.map((n) => n.id).filter((id) => !seen.has(id))];
}

function start(node: RowNode): number {
  return node.startedAt ?? Number.MAX_SAFE_INTEGER;
}
