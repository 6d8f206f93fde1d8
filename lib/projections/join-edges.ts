import { byCodeUnit } from "../base/compare.ts";
import { componentsOf } from "./components.ts";
import type { EdgeView, WideEdge } from "./run-view.ts";

/** One side of an edge as it was told: a node, or all instances of a mapped step, or all nodes of a job. */
export interface End {
  /** The same for the same nodes. */
  readonly id: string;
  readonly keys: readonly string[];
}

export interface Told {
  readonly from: End;
  readonly to: End;
  readonly origin: EdgeView["origin"];
}

export interface Joined {
  readonly edges: EdgeView[];
  readonly wideEdges: WideEdge[];
}

/** More pairs than this are one wide edge. A person sees no single line among a thousand. */
const MOST_PAIRS = 1_000;
/** Few times as many edges as there are nodes on both sides are no burden. */
const PAIRS_PER_NODE = 4;

export function isWide(before: number, behind: number): boolean {
  return before * behind > Math.max(MOST_PAIRS, PAIRS_PER_NODE * (before + behind));
}

/**
 * The edges between nodes. What was told first is most to be trusted; a pair keeps the origin that told of it first.
 * `inOrder` are keys in the order of their text, most of those that there are: what is in order is not sorted again.
 */
export function joinEdges(told: readonly Told[], inOrder: readonly string[]): Joined {
  const bundles = gather(told);
  const wide = new Map<string, WideEdge>();
  for (const { before, behind, origin } of bundles.values()) {
    if (!isWide(before.size, behind.size)) continue;
    // Instances of one step do not wait for each other.
    const from = [...before].filter((key) => !behind.has(key)).sort(byCodeUnit);
    const edge = { from, to: [...behind].sort(byCodeUnit), origin };
    const id = `${edge.from.join("\n")}\n\n${edge.to.join("\n")}`;
    if (edge.from.length > 0 && !wide.has(id)) wide.set(id, edge);
  }
  const isNarrow = (edge: Told): boolean => {
    const bundle = bundles.get(bundleOf(edge) ?? "");
    return !bundle || !isWide(bundle.before.size, bundle.behind.size);
  };
  return withoutDataCycles({
    edges: pairsInOrder(bundles.size === 0 ? told : told.filter(isNarrow), inOrder),
    wideEdges: [...wide.values()].sort(
      (a, b) => byCodeUnit(a.from[0] ?? "", b.from[0] ?? "") || byCodeUnit(a.to[0] ?? "", b.to[0] ?? ""),
    ),
  });
}

/**
 * All pairs, each once, in the order of their keys. The keys are put in order once and their places compared then: a
 * large run has many edges and, next to them, few keys.
 */
function pairsInOrder(told: readonly Told[], inOrder: readonly string[]): EdgeView[] {
  const places = new Map<string, number>();
  for (const key of inOrder) places.set(key, 0);
  for (const { from, to } of told) {
    for (const key of from.keys) if (!places.has(key)) places.set(key, 0);
    for (const key of to.keys) if (!places.has(key)) places.set(key, 0);
  }
  const keys = [...places.keys()];
  if (keys.length > inOrder.length) keys.sort(byCodeUnit);
  keys.forEach((key, i) => {
    places.set(key, i);
  });
  const behind = new Array<Behind[] | undefined>(keys.length);
  for (const { from, to, origin } of told) {
    for (const key of from.keys) {
      const place = places.get(key) ?? 0;
      for (const other of to.keys) {
        const target = places.get(other) ?? 0;
        if (target === place) continue;
        const list = behind[place];
        if (list) list.push({ to: target, origin });
        else behind[place] = [{ to: target, origin }];
      }
    }
  }
  const pairs: EdgeView[] = [];
  keys.forEach((from, i) => {
    let last = -1;
    // A stable order: of those that tell of the same pair the first stays first.
    for (const { to, origin } of behind[i]?.sort((a, b) => a.to - b.to) ?? []) {
      if (to !== last) pairs.push({ from, to: keys[to] ?? "", origin });
      last = to;
    }
  });
  return pairs;
}

interface Behind {
  readonly to: number;
  readonly origin: EdgeView["origin"];
}

interface Bundle {
  readonly before: Set<string>;
  readonly behind: Set<string>;
  readonly origin: EdgeView["origin"];
}

/** What was told of many nodes, once by each instance or at once for all, put together. */
function gather(told: readonly Told[]): Map<string, Bundle> {
  const bundles = new Map<string, Bundle>();
  for (const edge of told) {
    const id = bundleOf(edge);
    if (id === undefined) continue;
    const { from, to, origin } = edge;
    const known = bundles.get(id);
    if (!known) bundles.set(id, { before: new Set(from.keys), behind: new Set(to.keys), origin });
    else if (from.keys.length === 1) for (const key of from.keys) known.before.add(key);
    else if (to.keys.length === 1) for (const key of to.keys) known.behind.add(key);
  }
  return bundles;
}

function bundleOf({ from, to, origin }: Told): string | undefined {
  const [many, all] = [from.keys.length > 1, to.keys.length > 1];
  if (many && all) return `${origin}\n${from.id}\n\n${to.id}`;
  if (many) return `${origin}\n${from.id}\n>`;
  return all ? `${origin}\n<\n${to.id}` : undefined;
}

/** Drops the edges of dataset origin that lie on a cycle: data goes round (incremental tables), control does not. */
function withoutDataCycles({ edges, wideEdges }: Joined): Joined {
  if (
    !edges.some((edge) => edge.origin === "dataset") &&
    !wideEdges.some((edge) => edge.origin === "dataset")
  )
    return { edges, wideEdges };
  // A wide edge is a point that its edges run through. No key has a line break.
  const component = componentsOf([
    ...edges,
    ...wideEdges.flatMap(({ from, to }, i) => [
      ...from.map((key) => ({ from: key, to: `\n${i}` })),
      ...to.map((key) => ({ from: `\n${i}`, to: key })),
    ]),
  ]);
  return {
    edges: edges.filter(
      (edge) => edge.origin !== "dataset" || component.get(edge.from) !== component.get(edge.to),
    ),
    wideEdges: wideEdges.flatMap((edge, i): WideEdge[] => {
      if (edge.origin !== "dataset") return [edge];
      const isOn = (key: string) => component.get(key) === component.get(`\n${i}`);
      const off = (keys: readonly string[]) => keys.filter((key) => !isOn(key));
      const on = edge.from.filter(isOn);
      if (on.length === 0) return [edge];
      // What is on the cycle still precedes what is not.
      return [
        { ...edge, from: off(edge.from) },
        { ...edge, from: on, to: off(edge.to) },
      ].filter(({ from, to }) => from.length > 0 && to.length > 0);
    }),
  };
}
