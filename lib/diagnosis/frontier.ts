import { lockedCycles } from "./cycles.ts";
import type { Gates } from "./gates.ts";
import { isOpen, type RunGraph } from "./run-graph.ts";

/** What holds an unfinished run, by structure alone. */
export interface Frontier {
  /** Open nodes that nothing open precedes, by number, ascending. */
  readonly nodes: readonly number[];
  readonly members: ReadonlySet<number>;
  /** For each open node that waits: the frontier nodes that hold it in the end, at most `NAMED`. */
  readonly heldBy: readonly (Holders | undefined)[];
  /** Whether something below the node is open. */
  readonly openBelow: Uint8Array;
  /** Whether the node has begun its work, so that nothing before it matters any more. */
  readonly started: Uint8Array;
}

interface Holders {
  readonly by: readonly number[];
  readonly more: boolean;
}

/** A sentence names no more than this many root blockers. */
const NAMED = 3;

/**
 * The open nodes that nothing open precedes. A node is preceded by its upstreams until it starts, by those of the
 * groups around it, and by what is below it: of a group the deepest open nodes are to blame (guard 7), save where the
 * group itself has not begun or waits. Where that is the run's root, no node is to blame.
 */
export function frontierOf(graph: RunGraph, gates: Gates): Frontier {
  const size = graph.nodes.length;
  const started = new Uint8Array(size);
  const openBelow = new Uint8Array(size);
  const blockedAbove = new Uint8Array(size);
  for (let i = 0; i < size; i++) {
    const status = graph.nodes[i]?.status;
    started[i] = status === "running" || graph.counts[i] === "retrying" ? 1 : 0;
  }
  const blocked = (i: number): boolean => started[i] === 0 && graph.trigger[i] === "waiting";
  const some = gates.nodes.size > 0;
  const isGate = (i: number): boolean => some && gates.nodes.has(i);
  // A parent's key is the beginning of its children's, and keys are in order: parents come first.
  for (let i = 0; i < size; i++) {
    const parent = graph.parent[i] ?? -1;
    if (gates.root || (parent >= 0 && (blockedAbove[parent] === 1 || blocked(parent) || isGate(parent))))
      blockedAbove[i] = 1;
  }
  for (let i = size - 1; i >= 0; i--) {
    const parent = graph.parent[i] ?? -1;
    if (parent >= 0 && (isOpen(graph.counts[i]) || openBelow[i] === 1)) openBelow[parent] = 1;
  }
  const nodes: number[] = [];
  for (let i = 0; i < size; i++) {
    if (!isOpen(graph.counts[i]) || blockedAbove[i] === 1 || blocked(i)) continue;
    if (openBelow[i] === 0 || isGate(i)) nodes.push(i);
  }
  // A cycle on which nothing can start holds the run like any other: its first member stands for it.
  const locked = lockedCycles(graph).flatMap((cycle) => {
    const first = cycle.find((i) => openBelow[i] === 0 && blockedAbove[i] === 0);
    return first === undefined ? [] : [first];
  });
  nodes.push(...locked);
  if (locked.length > 0) nodes.sort((a, b) => a - b);
  // Open nodes that only wait for each other in some other way: the first of them stands for all.
  if (nodes.length === 0 && !gates.root) {
    const first = graph.order.find((i) => isOpen(graph.counts[i]) && openBelow[i] === 0);
    if (first !== undefined) nodes.push(first);
  }
  const held = heldBy(graph, nodes, started, gates.nodes);
  return { nodes, members: new Set(nodes), heldBy: held, openBelow, started };
}

/** Hands each waiting node the frontier nodes that it waits for in the end: from upstream to downstream, once. */
function heldBy(
  graph: RunGraph,
  frontier: readonly number[],
  started: Uint8Array,
  gates: Gates["nodes"],
): readonly (Holders | undefined)[] {
  const holders = new Array<Holders | undefined>(graph.upstream.length).fill(undefined);
  const groups = new Map<number, number[]>();
  for (const i of frontier) {
    // A group that is open because of this node stands for it in the eyes of what is behind the group.
    for (let p = graph.parent[i] ?? -1; p >= 0; p = graph.parent[p] ?? -1) {
      const list = groups.get(p);
      if (list && list.length > NAMED) break;
      if (list) list.push(i);
      else groups.set(p, [i]);
    }
  }
  for (const [group, list] of groups)
    holders[group] = { by: list.slice(0, NAMED), more: list.length > NAMED };
  for (const i of frontier) holders[i] = { by: [i], more: false };
  for (const i of graph.order) {
    if (holders[i] === undefined && isOpen(graph.counts[i]) && started[i] !== 1)
      holders[i] = mergedHolders(graph, i, holders, gates);
  }
  for (const i of frontier) holders[i] = undefined;
  return holders;
}

/** What those before a node, and before the groups around it, are held by; shared as it is where they agree. */
function mergedHolders(
  graph: RunGraph,
  i: number,
  holders: readonly (Holders | undefined)[],
  gates: Gates["nodes"],
): Holders | undefined {
  let one: Holders | undefined;
  let all: { by: Set<number>; more: boolean } | undefined;
  for (let at = i; at >= 0; at = graph.parent[at] ?? -1) {
    const before = graph.upstream[at] ?? NONE;
    for (const u of gates.size > 0 && at !== i && gates.has(at) ? [...before, at] : before) {
      const held = isOpen(graph.counts[u]) ? holders[u] : undefined;
      if (!held || held === one) continue;
      one ??= held;
      if (one === held) continue;
      all ??= { by: new Set(one.by), more: one.more };
      all.more ||= held.more;
      for (const b of held.by) {
        if (all.by.size < NAMED) all.by.add(b);
        else if (!all.by.has(b)) all.more = true;
      }
    }
  }
  return all ? { by: [...all.by], more: all.more } : one;
}

/**
 * Counts how many open nodes cannot start or end before some of them have: all that is behind them and behind the groups
 * around them, transitively; neither they themselves nor the groups around them are counted. Steps are taken from
 * `budget`; when it is spent the count is a lower bound.
 */
export function heldCounter(
  graph: RunGraph,
  frontier: Frontier,
  budget: { steps: number },
): (of: readonly number[]) => number {
  const { nodes, counts, downstream, children, parent } = graph;
  const size = nodes.length;
  // Many are counted one after the other: each leaves its own mark, and nothing has to be cleared.
  const seen = new Int32Array(downstream.length);
  const work: number[] = [];
  let mark = 0;
  const hold = (i: number): void => {
    if (seen[i] === mark || frontier.started[i] === 1) return;
    seen[i] = mark;
    work.push(i);
  };
  return (of) => {
    mark += 1;
    work.length = 0;
    const around: number[] = [];
    for (const i of of) {
      seen[i] = mark;
      around.push(i);
      for (let p = parent[i] ?? -1; p >= 0 && seen[p] !== mark; p = parent[p] ?? -1) {
        seen[p] = mark;
        around.push(p);
      }
      // What has not started below a node that holds the run cannot start either.
      for (const child of children[i] ?? NONE) hold(child);
    }
    for (const i of around) for (const next of downstream[i] ?? NONE) hold(next);
    let held = 0;
    for (let i = work.pop(); i !== undefined && budget.steps > 0; i = work.pop()) {
      if (i < size) {
        // A silent step behind a failure never comes either, though it is not waited for by itself.
        const waits = isOpen(counts[i]) || (counts[i] === "failed" && nodes[i]?.status === "planned");
        if (!waits) continue;
        held += 1;
      }
      const next = downstream[i] ?? NONE;
      const below = children[i] ?? NONE;
      budget.steps -= 1 + next.length + below.length;
      for (const n of next) hold(n);
      for (const c of below) hold(c);
      // A group that has begun cannot end before what is below it.
      const above = parent[i] ?? -1;
      if (above >= 0 && seen[above] !== mark) {
        seen[above] = mark;
        work.push(above);
      }
    }
    return held;
  };
}

const NONE: readonly number[] = [];
