/** What of a large graph one wants to see first: what holds the rest, its neighbourhood, and the rest folded. */
import type { GraphShape, ShapeEdge } from "./graph-shape.ts";
import { neighboursOf, topologicalOrder } from "./layers.ts";

/** Nodes fold only with their like. */
export type FoldKind = "done" | "failed" | "open";

export interface FocusNode {
  readonly id: string;
  readonly parent: string | null;
  readonly kind: FoldKind;
  /** At work, neither done nor merely planned. */
  readonly active: boolean;
}

export interface FocusOptions {
  /** Shown whatever else is, with their neighbours: the blockers, worst first, and what is selected. */
  readonly centres: readonly string[];
  /** Bundles that were opened, by id. */
  readonly opened: ReadonlySet<string>;
  /** About as many nodes are shown. */
  readonly limit?: number;
}

export interface Bundle {
  readonly id: string;
  readonly kind: FoldKind;
  readonly members: readonly string[];
}

export interface Focus {
  readonly shape: GraphShape;
  readonly bundles: readonly Bundle[];
}

/** Of an opened bundle as many are shown; the rest stays folded. */
const OPENED_LIMIT = 40;
/** More single nodes of one kind than this are folded into one. */
const FEW = 3;
/** More bundles of one kind than this say less than one. */
const BUNDLES_PER_KIND = 6;

export function focusOn(
  nodes: readonly FocusNode[],
  edges: readonly ShapeEdge[],
  { centres, opened, limit = 40 }: FocusOptions,
): Focus {
  const index = new Map(nodes.map((node, i) => [node.id, i]));
  const pairs = edges.flatMap(({ from, to }) => {
    const a = index.get(from);
    const b = index.get(to);
    return a === undefined || b === undefined || a === b ? [] : [[a, b] as const];
  });
  const near = neighboursOf({
    size: nodes.length,
    from: pairs.map(([a]) => a),
    to: pairs.map(([, b]) => b),
  });
  const shown = new Set<number>();
  const show = (i: number | undefined, most: number) => {
    if (i !== undefined && shown.size < most) shown.add(i);
  };
  const at = (id: string) => index.get(id);
  const heart = centres.slice(0, Math.ceil(limit / 3)).flatMap((id) => at(id) ?? []);
  for (const i of heart) shown.add(i);
  // What precedes them: all that is not done two deep, and what is done one deep.
  for (const i of heart) {
    for (const before of near.upstream[i] ?? []) {
      show(before, limit * 0.6);
      if (nodes[before]?.kind === "done") continue;
      for (const earlier of near.upstream[before] ?? []) {
        if (nodes[earlier]?.kind !== "done") show(earlier, limit * 0.6);
      }
    }
  }
  nodes.forEach((node, i) => {
    if (node.active || node.kind === "failed") show(i, limit * 0.75);
  });
  // What they hold, nearest first.
  const queue = [...heart];
  for (let q = 0; q < queue.length && shown.size < limit; q += 1) {
    for (const next of near.downstream[queue[q] ?? 0] ?? []) {
      if (shown.has(next)) continue;
      show(next, limit);
      if (shown.has(next)) queue.push(next);
    }
  }
  // A box needs its head.
  for (const i of [...shown]) {
    for (let p = nodes[i]?.parent ?? null, depth = 0; p !== null && depth < 8; depth += 1) {
      const head = at(p);
      if (head === undefined || shown.has(head)) break;
      shown.add(head);
      p = nodes[head]?.parent ?? null;
    }
  }
  const order = topologicalOrder(near);
  const groups = foldRest(nodes, near.downstream, order, shown);
  for (const group of groups) {
    if (!opened.has(bundleId(nodes, group))) continue;
    for (const i of group.slice(0, OPENED_LIMIT)) shown.add(i);
  }
  const bundles = (opened.size > 0 ? foldRest(nodes, near.downstream, order, shown) : groups).filter(
    (group) => {
      // A bundle of one says no less than the node itself.
      const only = group[0];
      if (group.length > 1 || only === undefined) return true;
      shown.add(only);
      return false;
    },
  );
  return assemble(nodes, pairs, shown, bundles);
}

function bundleId(nodes: readonly FocusNode[], group: readonly number[]): string {
  const first = nodes[group[0] ?? 0];
  return `bundle ${first?.kind ?? ""} ${first?.id ?? ""}`;
}

/** What is not shown, by kind, in connected pieces; many small pieces of one kind become one. */
function foldRest(
  nodes: readonly FocusNode[],
  downstream: readonly (readonly number[])[],
  order: readonly number[],
  shown: ReadonlySet<number>,
): number[][] {
  const root = Int32Array.from(nodes, (_, i) => i);
  const find = (i: number): number => {
    let r = i;
    while (root[r] !== r) r = root[r] ?? r;
    for (let k = i; root[k] !== r; ) {
      const next = root[k] ?? r;
      root[k] = r;
      k = next;
    }
    return r;
  };
  downstream.forEach((list, a) => {
    if (shown.has(a)) return;
    for (const b of list) {
      if (!shown.has(b) && nodes[a]?.kind === nodes[b]?.kind) root[find(b)] = find(a);
    }
  });
  const pieces = new Map<number, number[]>();
  // In the order of the work, so that a bundle's first names are those that came first.
  for (const i of order) {
    if (shown.has(i)) continue;
    const piece = pieces.get(find(i));
    if (piece) piece.push(i);
    else pieces.set(find(i), [i]);
  }
  const byKind = new Map<FoldKind, number[][]>();
  for (const piece of pieces.values()) {
    const kind = nodes[piece[0] ?? 0]?.kind ?? "open";
    byKind.set(kind, [...(byKind.get(kind) ?? []), piece]);
  }
  return [...byKind.values()].flatMap((all) => {
    // The instances of a mapped step hang together by nothing but their kind.
    const single = all.filter((piece) => piece.length === 1);
    const list = single.length > FEW ? [...all.filter((piece) => piece.length > 1), single.flat()] : all;
    if (list.length <= BUNDLES_PER_KIND) return list;
    const largest = [...list].sort((a, b) => b.length - a.length);
    const rest = largest
      .slice(BUNDLES_PER_KIND - 1)
      .flat()
      .sort((a, b) => a - b);
    return [...largest.slice(0, BUNDLES_PER_KIND - 1), rest];
  });
}

function assemble(
  nodes: readonly FocusNode[],
  pairs: readonly (readonly [number, number])[],
  shown: ReadonlySet<number>,
  groups: readonly (readonly number[])[],
): Focus {
  const bundles = groups.map((group) => ({
    id: bundleId(nodes, group),
    kind: nodes[group[0] ?? 0]?.kind ?? "open",
    members: group.map((i) => nodes[i]?.id ?? ""),
  }));
  const nameOf = new Map<number, string>();
  for (const i of shown) nameOf.set(i, nodes[i]?.id ?? "");
  groups.forEach((group, g) => {
    for (const i of group) nameOf.set(i, bundles[g]?.id ?? "");
  });
  const edges = new Map<string, ShapeEdge>();
  for (const [a, b] of pairs) {
    const from = nameOf.get(a);
    const to = nameOf.get(b);
    if (from === undefined || to === undefined || from === to) continue;
    edges.set(`${from}\n${to}`, { from, to });
  }
  const visible = nodes.filter((_, i) => shown.has(i));
  return {
    shape: {
      nodes: [
        ...visible.map(({ id, parent }) => ({ id, parent })),
        ...bundles.map(({ id }) => ({ id, parent: null })),
      ],
      edges: [...edges.values()],
    },
    bundles,
  };
}
