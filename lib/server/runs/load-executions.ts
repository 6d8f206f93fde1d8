import { toIso } from "../../base/instant.ts";
import { jobId } from "../../events/job-id.ts";
import type { Statements } from "../database.ts";
import type { NamedJob } from "./questions.ts";

/**
 * Among so many that ended last is the one that began last, however they overlap. They are found by the index of a
 * step's history: by their beginnings a job of twenty thousand executions would be read whole.
 */
const LATEST_ENDED = 16;

/**
 * Which execution of a job is meant where a dependency names the job alone: the latest that had begun when the node that
 * waits was first spoken of, or that is still open. By `jobId`; jobs of the run itself and those not known are left out.
 */
export async function loadExecutions(
  db: Statements,
  runId: string,
  named: readonly NamedJob[],
): Promise<Map<string, string>> {
  if (named.length === 0) return new Map();
  const rows = await db.$queryRaw<{ namespace: string; name: string; id: string }[]>`
    SELECT j.namespace, j.name, a.id
    FROM unnest(
      ${named.map(({ job }) => job.namespace)}::text[],
      ${named.map(({ job }) => job.name)}::text[],
      ${named.map(({ since }) => toIso(since))}::timestamptz[]
    ) AS j(namespace, name, since)
    CROSS JOIN LATERAL (
      SELECT id FROM (
        (SELECT id, started_at FROM attempt
          WHERE job_namespace = j.namespace AND job_name = j.name AND run_id <> ${runId} AND ended_at IS NULL)
        UNION ALL
        (SELECT id, started_at FROM attempt
          WHERE job_namespace = j.namespace AND job_name = j.name AND run_id <> ${runId}
            AND ended_at IS NOT NULL AND started_at <= j.since
          ORDER BY ended_at DESC LIMIT ${LATEST_ENDED})
      ) AS either
      ORDER BY started_at DESC NULLS LAST, id LIMIT 1
    ) AS a`;
  return new Map(rows.map(({ namespace, name, id }) => [jobId({ namespace, name }), id]));
}
