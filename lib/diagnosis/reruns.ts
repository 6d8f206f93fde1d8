import type { NodeView } from "../projections/run-view.ts";
import { compareWithPast } from "./compare-past.ts";
import type { RunGraph } from "./run-graph.ts";
import type { PastAttempt } from "./verdict.ts";

/** By number: nodes that were run again because of a change, and all nodes behind such a one. */
export interface Reruns {
  readonly rerun: ReadonlySet<number>;
  readonly behindRerun: ReadonlySet<number>;
}

/** Statuses under which a node was run although reuse was on. */
const RAN: ReadonlySet<string> = new Set(["MISS", "POPULATED", "STORE_FAILED"]);

/** Finds the nodes that were run again because their key had changed. */
export function findReruns(graph: RunGraph, historyOf: (node: NodeView) => readonly PastAttempt[]): Reruns {
  const rerun = new Set<number>();
  const behindRerun = new Set<number>();
  for (const i of graph.order) {
    const node = graph.nodes[i];
    if (!node) continue;
    if (graph.upstream[i]?.some((u) => rerun.has(u) || behindRerun.has(u))) behindRerun.add(i);
    const cache = node.current?.state.cache;
    if (!cache || !RAN.has(cache.status.value)) continue;
    if (compareWithPast(cache.components?.value, historyOf(node)).diff.some((d) => d.changed)) rerun.add(i);
  }
  return { rerun, behindRerun };
}
