import type { Instant } from "../base/instant.ts";
import type { NodeView } from "../projections/run-view.ts";
import { WAITS_FOR_ALL } from "./run-graph.ts";
import type { World } from "./world.ts";

/** What those behind a node show of it. */
export interface DownstreamFacts {
  /**
   * A node that by its orchestrator's word starts only after this one, and has started since this one did.
   * Edges by dataset do not count: a reader may have read yesterday's version. Nor do instances of mapped steps and
   * loops behind each other, nor wide edges: one may follow another alone, and which follows which is not told.
   */
  readonly startedSince: Behind | undefined;
  /**
   * A node that began since this one did, read all of these datasets and completed: guard 4 takes that for a sign that
   * they were written. Only where no orchestrator told what comes after what: else it may have read yesterday's version.
   */
  readonly readSince: (datasets: readonly string[]) => Behind | undefined;
}

interface Behind {
  readonly node: NodeView;
  readonly at: Instant;
  readonly eventId: string | null;
}

/** Reads what is behind a node. */
export function downstreamFacts(world: World, node: NodeView): DownstreamFacts {
  return {
    startedSince: startedSince(world, node),
    readSince: (datasets) => readSince(world, node, datasets),
  };
}

function readSince(world: World, node: NodeView, datasets: readonly string[]): Behind | undefined {
  const began = node.current?.startedAt;
  if (began === undefined || !node.current || datasets.length === 0 || isOrchestrated(node)) return undefined;
  const since = world.clockOf(node.current).ours(began);
  let first: Behind | undefined;
  for (const key of node.downstream) {
    const behind = world.run.nodes.get(key);
    const { state, status } = behind?.current ?? {};
    if (!behind?.current || !state?.started || status !== "completed" || isOrchestrated(behind)) continue;
    if (world.originOf(node.key, key) !== "dataset" || !datasets.every((id) => state.inputs[id])) continue;
    const clock = world.clockOf(behind.current);
    if (clock.ours(state.started.at) <= since) continue;
    const end = state.ends.completed;
    if (!end) continue;
    const at = clock.told(end);
    if (first === undefined || at < first.at) first = { node: behind, at, eventId: end.messageId };
  }
  return first;
}

/** Airflow starts nothing by what is read, and a task with no neighbours tells of none. */
function isOrchestrated({ current }: NodeView): boolean {
  const { dependencies = {}, facts } = current?.state ?? {};
  return Object.keys(dependencies).length > 0 || facts?.integration?.value === "airflow";
}

function startedSince(world: World, node: NodeView): DownstreamFacts["startedSince"] {
  const began = node.current?.startedAt;
  if (began === undefined || !node.current) return undefined;
  const since = world.clockOf(node.current).ours(began);
  const instance = isInstance(node);
  let first: DownstreamFacts["startedSince"];
  for (const key of node.downstream) {
    const behind = world.run.nodes.get(key);
    const started = behind?.current?.state.started;
    if (!behind?.current || !started || !WAITS_FOR_ALL.has(behind.trigger)) continue;
    if ((instance && isInstance(behind)) || world.originOf(node.key, key) === "dataset") continue;
    const clock = world.clockOf(behind.current);
    if (clock.ours(started.at) <= since) continue;
    const at = clock.told(started);
    if (first === undefined || at < first.at) first = { node: behind, at, eventId: started.messageId };
  }
  return first;
}

function isInstance({ current }: NodeView): boolean {
  const { mapIndex, loopKey } = current?.state.facts ?? {};
  return (mapIndex !== undefined && mapIndex.value >= 0) || loopKey !== undefined;
}
