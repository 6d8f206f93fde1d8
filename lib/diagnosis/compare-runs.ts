import { byNumberWithin } from "../base/compare.ts";
import type { Instant } from "../base/instant.ts";
import { lines } from "../base/wide-edges.ts";
import type { NodeView, RunView } from "../projections/run-view.ts";
import {
  comparableFacts,
  DIFFERENCE_KINDS,
  type Difference,
  endedOtherwise,
  madeOtherwise,
  type NodeComparison,
  RUN_ITSELF,
  sideOf,
} from "./compare-nodes.ts";
import { compareWords } from "./compare-words.ts";
import { upstreamFirst } from "./run-graph.ts";

export interface RunComparison {
  /** What matters first, in a sentence or two. */
  readonly headline: string;
  /** All of them: the most important kind first, and of a kind the most upstream step. */
  readonly differences: readonly Difference[];
  /** The run itself first, then its steps, what precedes before what follows. */
  readonly nodes: readonly NodeComparison[];
}

/**
 * Compares a run with an earlier one, step by step. A run that goes on is compared as far as it has come at `at`: what
 * it has not done yet is no difference.
 */
export function compareRuns(now: RunView, before: RunView, at: Instant): RunComparison {
  const order = orderOf(now, before);
  const mayMiss = now.endedAt !== undefined || now.planKnown;
  const structure = structureOf(now, before, mayMiss);
  let comparable = 0;
  const nodes = order.map((key): NodeComparison => {
    const [was, is] = [nodeAt(before, key), nodeAt(now, key)];
    const sides = { before: was ? sideOf(was, at) : null, now: is ? sideOf(is, at) : null };
    const found = [...(structure.get(key) ?? [])];
    if (was?.current && is?.current) {
      comparable += comparableFacts(was.current, is.current);
      found.push(...madeOtherwise(was.current, is.current).map((d) => ({ ...d, nodeKey: key })));
    }
    if (was && is && was.trigger !== is.trigger)
      found.push({
        kind: "setting",
        nodeKey: key,
        name: "trigger rule",
        before: was.trigger,
        now: is.trigger,
      });
    if (sides.before && sides.now)
      found.push(...endedOtherwise(sides.before, sides.now).map((d) => ({ ...d, nodeKey: key })));
    return { key, ...sides, differences: found.sort(byKind) };
  });
  // Sorting keeps the order of equals: of a kind the most upstream comes first.
  const differences = nodes.flatMap((node) => node.differences).sort(byKind);
  return { headline: compareWords({ differences, nodes, comparable, now }), differences, nodes };
}

function byKind(a: Difference, b: Difference): number {
  return DIFFERENCE_KINDS.indexOf(a.kind) - DIFFERENCE_KINDS.indexOf(b.kind);
}

/** The root stands for the run itself, under the newer run's name of it, though the older one may have had another. */
function nodeAt(run: RunView, key: string): NodeView | undefined {
  return key === RUN_ITSELF ? run.root : run.nodes.get(key);
}

/** The steps of both runs, upstream first; what stands on one level by its name. */
function orderOf(now: RunView, before: RunView): string[] {
  const keys = [...new Set([...now.nodes.keys(), ...before.nodes.keys()])].sort(byNumberWithin);
  const isLone = keys.every((key) => key === now.root.key || key === before.root.key);
  if (isLone) return [RUN_ITSELF];
  const place = new Map(keys.map((key, i) => [key, i]));
  const upstream: Set<number>[] = keys.map(() => new Set());
  const downstream: Set<number>[] = keys.map(() => new Set());
  for (const { from, to } of [...lines(now), ...lines(before)]) {
    const [a, b] = [place.get(from), place.get(to)];
    if (a === undefined || b === undefined || a === b) continue;
    upstream[b]?.add(a);
    downstream[a]?.add(b);
  }
  const { order } = upstreamFirst(
    upstream.map((set) => [...set]),
    downstream.map((set) => [...set]),
  );
  return [RUN_ITSELF, ...order.flatMap((i) => keys[i] ?? [])];
}

/** Steps that are new or gone, and steps that come after others than before. An end of an edge that is gone takes it along. */
function structureOf(now: RunView, before: RunView, mayMiss: boolean): Map<string, Difference[]> {
  const found = new Map<string, Difference[]>();
  const put = (nodeKey: string, name: string, was: string | null, is: string | null) => {
    const difference: Difference = { kind: "structure", nodeKey, name, before: was, now: is };
    const list = found.get(nodeKey);
    if (list) list.push(difference);
    else found.set(nodeKey, [difference]);
  };
  const inBoth = (key: string) => now.nodes.has(key) && before.nodes.has(key);
  for (const key of now.nodes.keys()) if (!before.nodes.has(key)) put(key, "node", null, key);
  if (mayMiss) for (const key of before.nodes.keys()) if (!now.nodes.has(key)) put(key, "node", key, null);
  const [had, has] = [edgesIn(before), edgesIn(now)];
  for (const edge of lines(now)) {
    if (!had(edge) && inBoth(edge.from) && inBoth(edge.to)) put(edge.to, "comes after", null, edge.from);
  }
  for (const edge of lines(before)) {
    if (mayMiss && !has(edge) && inBoth(edge.from) && inBoth(edge.to))
      put(edge.to, "comes after", edge.from, null);
  }
  return found;
}

/** Whether a run has an edge, by itself or within a wide one. */
function edgesIn({ edges, wideEdges }: RunView): (edge: { from: string; to: string }) => boolean {
  const known = new Set(edges.map(({ from, to }) => `${from}\n${to}`));
  const wide = wideEdges.map(({ from, to }) => [new Set(from), new Set(to)] as const);
  return ({ from, to }) =>
    known.has(`${from}\n${to}`) || wide.some(([before, behind]) => before.has(from) && behind.has(to));
}
