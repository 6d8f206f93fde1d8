import type { ShapeEdge } from "./graph-shape.ts";

export interface PathNode {
  readonly id: string;
  readonly startedAt: number | null;
  /** Null while it goes on. */
  readonly endedAt: number | null;
}

/**
 * The chain of steps that made the run as long as it is, first to last: each is that which ended last of what the
 * next one had to wait for. It ends at `blocker` where one is given that has started; else at what has gone on
 * longest, or where nothing goes on, at what ended last.
 */
export function criticalPath(
  nodes: readonly PathNode[],
  edges: readonly ShapeEdge[],
  blocker?: string,
): string[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const before = new Map<string, PathNode[]>();
  for (const { from, to } of edges) {
    const node = byId.get(from);
    if (!node || from === to) continue;
    const list = before.get(to);
    if (list) list.push(node);
    else before.set(to, [node]);
  }
  const path: string[] = [];
  const seen = new Set<string>();
  let next = last(nodes, byId.get(blocker ?? ""));
  while (next && !seen.has(next.id)) {
    seen.add(next.id);
    path.push(next.id);
    next = awaited(next, before.get(next.id) ?? []);
  }
  return path.reverse();
}

function last(nodes: readonly PathNode[], blocker: PathNode | undefined): PathNode | undefined {
  if (blocker && blocker.startedAt !== null) return blocker;
  let found: PathNode | undefined;
  for (const node of nodes) if (node.startedAt !== null && (!found || isLater(node, found))) found = node;
  return found;
}

/** What goes on is later than what has ended; of two that go on, the one that began first. */
function isLater(a: PathNode, b: PathNode): boolean {
  if (a.endedAt === null || b.endedAt === null) {
    if (a.endedAt !== b.endedAt) return a.endedAt === null;
    return (a.startedAt ?? 0) < (b.startedAt ?? 0);
  }
  return a.endedAt > b.endedAt;
}

/** Of what a step needs, what ended last. What had not ended when the step began, it cannot have waited for. */
function awaited(node: PathNode, needed: readonly PathNode[]): PathNode | undefined {
  let found: PathNode | undefined;
  for (const one of needed) {
    if (one.endedAt === null || one.endedAt > (node.startedAt ?? Number.POSITIVE_INFINITY)) continue;
    if (!found || one.endedAt > (found.endedAt ?? 0)) found = one;
  }
  return found;
}
