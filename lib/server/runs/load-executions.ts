import { jobId } from "../../diagnosis/verdict.ts";
import type { Statements } from "../database.ts";
import type { NamedJob } from "./questions.ts";

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
      ${named.map(({ since }) => new Date(since))}::timestamptz[]
    ) AS j(namespace, name, since)
    CROSS JOIN LATERAL (
      SELECT id FROM attempt
      WHERE job_namespace = j.namespace AND job_name = j.name AND run_id <> ${runId}
        AND (started_at <= j.since OR ended_at IS NULL)
      ORDER BY started_at DESC NULLS LAST, id LIMIT 1
    ) AS a`;
  return new Map(rows.map(({ namespace, name, id }) => [jobId({ namespace, name }), id]));
}
