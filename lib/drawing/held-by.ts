import type { ShapeEdge } from "./graph-shape.ts";

/**
 * For each open node that a blocker holds, the blocker that it waits for: the nearest, and of several the one
 * given first. `isOpen` says which nodes can still be waited for or wait.
 */
export function heldBy(
  blockers: readonly string[],
  edges: readonly ShapeEdge[],
  isOpen: (id: string) => boolean,
): Map<string, string> {
  const downstream = new Map<string, string[]>();
  for (const { from, to } of edges) {
    const list = downstream.get(from);
    if (list) list.push(to);
    else downstream.set(from, [to]);
  }
  const holder = new Map<string, string>(blockers.map((id) => [id, id]));
  const queue = [...blockers];
  for (let i = 0; i < queue.length; i += 1) {
    const id = queue[i] ?? "";
    for (const next of downstream.get(id) ?? []) {
      if (holder.has(next) || !isOpen(next)) continue;
      holder.set(next, holder.get(id) ?? id);
      queue.push(next);
    }
  }
  for (const id of blockers) holder.delete(id);
  return holder;
}
