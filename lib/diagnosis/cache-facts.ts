import type { CacheState } from "../projections/attempt-state.ts";
import type { NodeView } from "../projections/run-view.ts";
import { type ComponentDiff, compareWithPast } from "./compare-past.ts";
import type { PastAttempt } from "./verdict.ts";
import type { World } from "./world.ts";

/** How the cache decided on a node, and what differs from the best earlier execution. */
export interface CacheFacts {
  readonly cache: CacheState | undefined;
  /** The earlier execution with the fewest differing components; of equals the newest. */
  readonly baseline: PastAttempt | undefined;
  readonly diff: readonly ComponentDiff[];
  /** No step before it was run again because of a change. */
  readonly first: boolean;
  /** Steps behind it that were run again. */
  readonly consequences: readonly string[];
}

/** Reads how the cache decided on a node. */
export function cacheFacts(world: World, node: NodeView): CacheFacts {
  const cache = node.current?.state.cache;
  const compared = compareWithPast(cache?.components?.value, world.historyOf(node));
  const i = world.graph.indexOf.get(node.key) ?? -1;
  const { behindRerun, rerun } = world.reruns();
  return {
    cache,
    ...compared,
    first: rerun.has(i) && !behindRerun.has(i),
    consequences: rerun.has(i) ? rerunsBehind(world, i, rerun) : [],
  };
}

function rerunsBehind(world: World, from: number, rerun: ReadonlySet<number>): string[] {
  const { graph } = world;
  const met = new Set([from]);
  const work = [from];
  const found: string[] = [];
  for (let i = work.pop(); i !== undefined; i = work.pop()) {
    for (const next of graph.downstream[i] ?? []) {
      if (met.has(next)) continue;
      met.add(next);
      work.push(next);
      if (rerun.has(next)) found.push(graph.nodes[next]?.key ?? "");
    }
  }
  return found.sort();
}
