import type { Instant } from "../../base/instant.ts";
import type { AttemptFacts, AttemptState } from "../../projections/attempt-state.ts";
import type { AttemptGist } from "../../projections/run-cells.ts";
import type { Statements } from "../database.ts";

interface Row {
  id: string;
  run_id: string;
  status: string;
  started_at: Date | null;
  ended_at: Date | null;
  reused: boolean | null;
  facts: AttemptFacts;
  steps: AttemptState["steps"] | null;
  has_plan: boolean;
  planned_jobs: NonNullable<AttemptGist["plannedJobs"]> | null;
}

/** Of all attempts of these runs what a history shows of them, by run. Their states stay in the database. */
export async function loadGists(
  db: Statements,
  runIds: readonly string[],
): Promise<ReadonlyMap<string, readonly AttemptGist[]>> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT a.id, a.run_id, a.status, a.started_at, a.ended_at,
      a.state->'cache'->'status'->>'value' = 'HIT' AS reused,
      jsonb_strip_nulls(jsonb_build_object(
        'job', f->'job', 'parent', f->'parent', 'root', f->'root', 'nodeKey', f->'nodeKey',
        'mapIndex', f->'mapIndex', 'loopKey', f->'loopKey', 'number', f->'number')) AS facts,
      CASE WHEN a.id = a.run_id THEN a.state->'steps' END AS steps,
      a.id = a.run_id AND plan IS NOT NULL AS has_plan,
      CASE WHEN plan::text LIKE '%"job":%'
        THEN jsonb_path_query_array((plan->'value'->'nodes')::jsonb, '$[*] ? (exists(@.job))') END AS planned_jobs
    FROM attempt a CROSS JOIN LATERAL (SELECT a.state->'facts' AS f, a.state->'plan' AS plan) AS told
    WHERE a.run_id = ANY(${[...runIds]}::text[])`;
  return new Map([...Map.groupBy(rows, (row) => row.run_id)].map(([runId, own]) => [runId, own.map(gistOf)]));
}

function gistOf(row: Row): AttemptGist {
  const { id, status, started_at, ended_at, facts, steps, has_plan: hasPlan, planned_jobs: jobs } = row;
  return {
    id,
    status: isStatus(status) ? status : "waiting",
    reused: row.reused === true,
    facts,
    ...(started_at && { startedAt: started_at.getTime() as Instant }),
    ...(ended_at && { endedAt: ended_at.getTime() as Instant }),
    ...(steps && { steps }),
    hasPlan,
    ...(jobs && jobs.length > 0 && { plannedJobs: jobs }),
  };
}

const STATUSES: readonly string[] = ["waiting", "running", "completed", "failed", "aborted"];

function isStatus(text: string): text is AttemptGist["status"] {
  return STATUSES.includes(text);
}
