import type { Instant } from "../../base/instant.ts";
import { jobId } from "../../diagnosis/verdict.ts";
import type { JobRef } from "../../events/event.ts";
import type { RunView } from "../../projections/run-view.ts";
import type { Statements } from "../database.ts";

/** Jobs that are looked up at most, as many as a person reads of. */
const MOST = 50;

/** A job that was named without a run, and since when something waits for it, by its own clock. */
interface Named {
  readonly job: JobRef;
  readonly since: Instant;
}

/**
 * Which execution of a job is meant where a dependency names the job alone: the latest that had begun when the node that
 * waits was first spoken of, or that is still open. By `jobId`; jobs of the run itself and those not known are left out.
 */
export async function loadExecutions(db: Statements, run: RunView): Promise<Map<string, string>> {
  const named = [...jobsNamed(run).values()].slice(0, MOST);
  if (named.length === 0) return new Map();
  const rows = await db.$queryRaw<{ namespace: string; name: string; id: string }[]>`
    SELECT j.namespace, j.name, a.id
    FROM unnest(
      ${named.map(({ job }) => job.namespace)}::text[],
      ${named.map(({ job }) => job.name)}::text[],
      ${named.map(({ since }) => new Date(since))}::timestamptz[]
    ) AS j(namespace, name, since)
    CROSS JOIN LATERAL (
      SELECT id FROM attempt
      WHERE job_namespace = j.namespace AND job_name = j.name AND run_id <> ${run.id}
        AND (started_at <= j.since OR ended_at IS NULL)
      ORDER BY started_at DESC NULLS LAST, id LIMIT 1
    ) AS a`;
  return new Map(rows.map(({ namespace, name, id }) => [jobId({ namespace, name }), id]));
}

function jobsNamed(run: RunView): Map<string, Named> {
  const own = new Set<string>();
  const named = new Map<string, Named>();
  for (const { attempts, current } of [run.root, ...run.nodes.values()]) {
    for (const { job } of attempts) if (job) own.add(jobId(job));
    if (current?.status !== "waiting") continue;
    for (const { value } of Object.values(current.state.dependencies)) {
      for (const { attemptId, job } of value.upstream) {
        const since = current.state.first?.at;
        if (attemptId !== undefined || !job || since === undefined) continue;
        named.set(jobId(job), {
          job,
          since: Math.max(since, named.get(jobId(job))?.since ?? since) as Instant,
        });
      }
    }
  }
  for (const id of own) named.delete(id);
  return named;
}
