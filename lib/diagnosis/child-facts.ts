import type { Instant } from "../base/instant.ts";
import type { NodeView } from "../projections/run-view.ts";
import { isOpen } from "./run-graph.ts";
import type { World } from "./world.ts";

/** What is below a node: the steps of a group, or all of a run for its root. */
export interface ChildFacts {
  readonly count: number;
  readonly done: number;
  /** Open steps that have an attempt. */
  readonly open: readonly string[];
  /** Planned steps that have not come, and were not skipped as far as can be told. */
  readonly toCome: readonly string[];
  /** Planned steps of which nothing was heard, and which may have been skipped without a word. */
  readonly unheard: readonly string[];
  readonly failed: readonly string[];
  /** The DAG below it was told, so that what has not come can be missed. */
  readonly planKnown: boolean;
  /** Nothing open, nothing to come. */
  readonly allSettled: boolean;
  /** When the last of them ended, on our clock, and by which message. */
  readonly lastEndAt: Instant | undefined;
  readonly lastEnd: { readonly key: string; readonly eventId: string | null } | undefined;
}

/** Reads what is directly below a node. */
export function childFacts(world: World, node: NodeView): ChildFacts {
  const { graph, run } = world;
  const isRoot = node === run.root;
  // A lone job's root is listed as a node of its own run; it has nothing below it.
  const keys = isRoot && run.nodes.get(node.key) === node ? [] : node.children;
  const open: string[] = [];
  const toCome: string[] = [];
  const unheard: string[] = [];
  const failed: string[] = [];
  let last = Number.NaN;
  let lastEnd: ChildFacts["lastEnd"];
  for (const key of keys) {
    const i = graph.indexOf.get(key);
    const child = i === undefined ? undefined : graph.nodes[i];
    if (i === undefined || !child) continue;
    if (isOpen(graph.counts[i])) (child.current ? open : toCome).push(key);
    if (graph.counts[i] === "maybe" && !child.current && !passedBy(world, i)) unheard.push(key);
    if (child.status === "failed" || child.status === "aborted") failed.push(key);
    const at = graph.settledAt[i] ?? Number.NaN;
    if (child.current && !Number.isNaN(at) && !(at <= last)) {
      last = at;
      lastEnd = { key, eventId: child.current.endMessageId ?? null };
    }
  }
  return {
    count: keys.length,
    done: keys.length - open.length - toCome.length - unheard.length,
    open,
    toCome,
    unheard,
    failed,
    planKnown: isRoot ? run.planKnown : node.current?.state.plan !== undefined,
    allSettled: keys.length > 0 && open.length === 0 && toCome.length === 0,
    lastEndAt: Number.isNaN(last) ? undefined : (last as Instant),
    lastEnd,
  };
}

/** Whether something behind a step has come: the run has then gone past it, skipped or not. */
function passedBy({ graph }: World, i: number): boolean {
  const met = new Set([i]);
  const ahead = [i];
  for (let at = ahead.pop(); at !== undefined; at = ahead.pop()) {
    for (const next of graph.downstream[at] ?? []) {
      if (graph.nodes[next]?.current) return true;
      if (!met.has(next)) ahead.push(next);
      met.add(next);
    }
  }
  return false;
}
