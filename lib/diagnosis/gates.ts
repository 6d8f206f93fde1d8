import type { Instant } from "../base/instant.ts";
import type { NodeView, RunView } from "../projections/run-view.ts";
import type { RunGraph } from "./run-graph.ts";
import { stillWaits } from "./still-waits.ts";

/**
 * Groups, by number, that are yet to begin or say that they wait, while nothing below them is under way: what is planned
 * there waits with them. `root` where that is true of the run itself.
 */
export interface Gates {
  readonly root: boolean;
  readonly nodes: ReadonlySet<number>;
}

/** Finds the gates of a run. Most runs have none: below few groups anything is looked at. */
export function gatesOf(run: RunView, graph: RunGraph): Gates {
  const nodes = new Set<number>();
  for (let i = 0; i < graph.nodes.length; i++) {
    const node = graph.nodes[i];
    if (!node || (graph.children[i] ?? []).length === 0) continue;
    if (isGate(run, node, graph.counts[i] === "retrying")) nodes.add(i);
  }
  return { root: run.nodes.get(run.root.key) !== run.root && isGate(run, run.root, false), nodes };
}

function isGate(run: RunView, node: NodeView, retrying: boolean): boolean {
  const { current } = node;
  if (!current?.seen) return false;
  const isAnnounced = node.status === "waiting" && !current.state.wait;
  if (!isAnnounced && !retrying && !waitsByItself(run, node)) return false;
  for (const below of nodesBelow(run, node)) {
    if (below.status === "running" || below.status === "waiting") return false;
    if (isAnnounced && below.current) return false;
  }
  return true;
}

/** Whether a node says that it waits, and nothing below it shows that it does not any more. */
export function waitsByItself(run: RunView, node: NodeView): boolean {
  const { current } = node;
  const wait = current?.state.wait;
  return (
    current !== undefined && wait !== undefined && stillWaits(current) && !wentOnBelow(run, node, wait.at)
  );
}

/** Whether something below a node is at work, or has begun since an instant by its own clock. */
function wentOnBelow(run: RunView, node: NodeView, since: Instant): boolean {
  for (const { current } of nodesBelow(run, node)) {
    if (!current?.seen) continue;
    if (current.status === "running" || (current.startedAt ?? since) > since) return true;
  }
  return false;
}

/** All nodes below one, at any depth; below the root all of its run. */
function* nodesBelow(run: RunView, node: NodeView): Generator<NodeView> {
  if (node === run.root) {
    for (const other of run.nodes.values()) if (other !== node) yield other;
    return;
  }
  const keys = [...node.children];
  for (let key = keys.pop(); key !== undefined; key = keys.pop()) {
    const below = run.nodes.get(key);
    if (!below) continue;
    yield below;
    keys.push(...below.children);
  }
}
