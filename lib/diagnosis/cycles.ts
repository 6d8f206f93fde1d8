import { componentsOf } from "../projections/components.ts";
import type { RunGraph } from "./run-graph.ts";

/**
 * The cycles on which nothing can start: every step on one waits, and each for another of them. Members by number,
 * ascending. What goes round and works (a loop that has begun, a rule that needs only one of several) is none.
 */
export function lockedCycles(graph: RunGraph): readonly (readonly number[])[] {
  if (!graph.cyclic) return [];
  const key = (i: number): string => String(i);
  const edges = graph.upstream.flatMap((before, i) => before.map((u) => ({ from: key(u), to: key(i) })));
  const members = new Map<number, number[]>();
  for (const [name, component] of componentsOf(edges)) {
    const list = members.get(component);
    if (list) list.push(Number(name));
    else members.set(component, [Number(name)]);
  }
  return [...members.values()]
    .filter((cycle) => cycle.length > 1 && cycle.every((i) => isLocked(graph, i)))
    .map((cycle) => cycle.filter((i) => i < graph.nodes.length).sort((a, b) => a - b))
    .sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
}

function isLocked(graph: RunGraph, i: number): boolean {
  const status = i < graph.nodes.length ? graph.nodes[i]?.status : "waiting";
  const begun = status !== "planned" && status !== "waiting";
  return !begun && graph.counts[i] === "open" && graph.trigger[i] === "waiting";
}

/** The shortest way from a member of a cycle round to itself, by number; the member comes first, and once. */
export function wayRound(graph: RunGraph, from: number, cycle: readonly number[]): number[] {
  const size = graph.nodes.length;
  const inside = new Set(cycle);
  const cameFrom = new Map<number, number>();
  const queue = [from];
  for (let at = 0; at < queue.length; at++) {
    const i = queue[at] ?? from;
    for (const next of graph.downstream[i] ?? []) {
      if (next === from) {
        const way: number[] = [];
        for (let n = i; n !== from; n = cameFrom.get(n) ?? from) if (n < size) way.push(n);
        return [from, ...way.reverse()];
      }
      if ((next < size && !inside.has(next)) || cameFrom.has(next)) continue;
      cameFrom.set(next, i);
      queue.push(next);
    }
  }
  return [from];
}
