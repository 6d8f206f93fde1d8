import type { WideLine } from "../base/wide-edges.ts";
import type { ShapeEdge } from "./graph-shape.ts";

/**
 * For each open node that a blocker holds, the blocker that it waits for: the nearest, and of several the one
 * given first. `isOpen` says which nodes can still be waited for or wait.
 */
export function heldBy(
  blockers: readonly string[],
  { edges, wideEdges }: { readonly edges: readonly ShapeEdge[]; readonly wideEdges: readonly WideLine[] },
  isOpen: (id: string) => boolean,
): Map<string, string> {
  const downstream = new Map<string, string[]>();
  for (const { from, to } of edges) {
    const list = downstream.get(from);
    if (list) list.push(to);
    else downstream.set(from, [to]);
  }
  // A wide edge holds all behind it as soon as one before it is reached.
  const wide = new Map<string, number[]>();
  wideEdges.forEach(({ from }, i) => {
    for (const id of from) {
      const list = wide.get(id);
      if (list) list.push(i);
      else wide.set(id, [i]);
    }
  });
  const taken = new Set<number>();
  const holder = new Map<string, string>(blockers.map((id) => [id, id]));
  const queue = [...blockers];
  for (let i = 0; i < queue.length; i += 1) {
    const id = queue[i] ?? "";
    const take = (next: string): void => {
      if (holder.has(next) || !isOpen(next)) return;
      holder.set(next, holder.get(id) ?? id);
      queue.push(next);
    };
    downstream.get(id)?.forEach(take);
    for (const edge of wide.get(id) ?? []) {
      if (taken.has(edge)) continue;
      taken.add(edge);
      wideEdges[edge]?.to.forEach(take);
    }
  }
  for (const id of blockers) holder.delete(id);
  return holder;
}
