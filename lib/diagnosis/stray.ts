import type { JobRef } from "../events/event.ts";
import { jobId } from "../events/job-id.ts";
import type { NodeView, RunView } from "../projections/run-view.ts";
import type { Other } from "./verdict.ts";
import type { World } from "./world.ts";

/** Clocks of an orchestrator and its workers differ by less, ms. */
const TOLERANCE_MS = 60_000;

/** The jobs that the plans of a run name for their steps, by the step's key. */
const plannedJobs = new WeakMap<RunView, ReadonlyMap<string, JobRef>>();

/** The job by which a planned step will be known: as its plan says, else by the name of its pipeline and its own. */
export function jobOfStep(run: RunView, node: NodeView): JobRef {
  let planned = plannedJobs.get(run);
  if (!planned) {
    const nodes = run.root.attempts.flatMap((a) => a.state.plan?.value.nodes ?? []);
    planned = new Map(nodes.flatMap(({ key, job }) => (job ? [[key, job] as const] : [])));
    plannedJobs.set(run, planned);
  }
  const { namespace, name } = run.pipeline;
  return planned.get(node.key) ?? { namespace, name: `${name}.${node.label}` };
}

/**
 * An execution of a planned step's job that began since this run did, and does not say what it is a part of: its events
 * name no parent, so that it stands as a run of its own. It may be this step.
 */
export function strayOf({ run, context, runStartedAt }: World, node: NodeView): Other | undefined {
  if (node.current || runStartedAt === undefined) return undefined;
  const other = context.others?.get(jobId(jobOfStep(run, node)));
  if (!other || other.attemptId !== other.runId || other.startedAt === null) return undefined;
  return other.startedAt >= runStartedAt - TOLERANCE_MS ? other : undefined;
}
