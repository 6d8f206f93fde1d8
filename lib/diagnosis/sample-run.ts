import type { Instant } from "../base/instant.ts";
import type { AttemptView, NodeView, RunView } from "../projections/run-view.ts";
import { baselineKey, type Sample, sampleOf } from "./baseline.ts";
import { defaultPolicy } from "./policy.ts";
import { upstreamFacts } from "./upstream-facts.ts";
import type { Context } from "./verdict.ts";
import { type World, worldOf } from "./world.ts";

/** A sample, and the step that it teaches of. */
export interface NodeSample {
  readonly node: string;
  readonly sample: Sample;
}

/**
 * What the attempts of a run teach of which something was heard since an instant: those that have ended. How long one
 * waited before it started is known only here, where the whole run is.
 */
export function sampleRun(
  run: RunView,
  context: Context,
  now: Instant,
  heardSince: Instant | undefined,
): NodeSample[] {
  const lone = run.nodes.get(run.root.key) === run.root;
  const nodes = lone ? [run.root] : [run.root, ...run.nodes.values()];
  const fresh = nodes.flatMap((node) =>
    node.attempts.filter((a) => isFresh(a, heardSince)).map((attempt) => ({ node, attempt })),
  );
  if (fresh.length === 0) return [];
  // What somebody set comes with the context.
  const world = worldOf(run, context, now, defaultPolicy);
  return fresh.flatMap(({ node, attempt }) => {
    const sample = sampleOf(attempt, run.id, delayOf(world, node, attempt));
    return sample ? [{ node: baselineKey(node.key), sample }] : [];
  });
}

function isFresh({ endedAt, state, life }: AttemptView, since: Instant | undefined): boolean {
  if (endedAt === undefined) return false;
  return since === undefined || Math.max(state.lastReceivedAt ?? 0, life.lastReceivedAt ?? 0) >= since;
}

/** From when all that it needed was there to its start; only of a first try, and where that is the order of things. */
function delayOf(world: World, node: NodeView, attempt: AttemptView): number | null {
  if (node === world.run.root || attempt !== node.attempts[0] || !attempt.state.started) return null;
  const { readyAt } = upstreamFacts(world, node);
  const started = world.clockOf(attempt).told(attempt.state.started);
  return readyAt === undefined || started < readyAt ? null : started - readyAt;
}
