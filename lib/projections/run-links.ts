import type { Joined } from "./join-edges.ts";
import type { RunLinks } from "./run-view.ts";

/** Most nodes have few neighbours, and many have none: these have one list in common, which nothing is put into. */
const NONE: number[] = [];

/** Numbers the links between nodes. `inOrder` are all nodes, in the order of their keys; so are the edges. */
export function numberLinks(
  inOrder: readonly { readonly key: string; readonly parentKey?: string }[],
  { edges, wideEdges }: Joined,
): RunLinks {
  const indexOf = new Map<string, number>();
  for (const { key } of inOrder) indexOf.set(key, indexOf.size);
  const size = indexOf.size;
  const [upstream, downstream] = [emptyLists(size + wideEdges.length), emptyLists(size + wideEdges.length)];
  const link = (from: number | undefined, to: number | undefined): void => {
    if (from === undefined || to === undefined) return;
    push(downstream, from, to);
    push(upstream, to, from);
  };
  for (const { from, to } of edges) link(indexOf.get(from), indexOf.get(to));
  wideEdges.forEach((edge, i) => {
    for (const key of edge.from) link(indexOf.get(key), size + i);
    for (const key of edge.to) link(size + i, indexOf.get(key));
  });
  const children = emptyLists(size);
  const parent = inOrder.map(({ parentKey }, i) => {
    const above = parentKey === undefined ? undefined : indexOf.get(parentKey);
    if (above !== undefined) push(children, above, i);
    return above ?? -1;
  });
  return { indexOf, upstream, downstream, parent, children };
}

function emptyLists(size: number): number[][] {
  return new Array<number[]>(size).fill(NONE);
}

function push(lists: number[][], at: number, value: number): void {
  const list = lists[at];
  if (list === undefined || list === NONE) lists[at] = [value];
  else list.push(value);
}
