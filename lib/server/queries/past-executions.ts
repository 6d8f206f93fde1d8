import { toIso } from "../../base/instant.ts";
import type { PastAttempt } from "../../diagnosis/verdict.ts";
import type { AttemptState } from "../../projections/attempt-state.ts";
import type { AttemptView } from "../../projections/run-view.ts";
import { database } from "../database.ts";
import { indexable } from "../indexable.ts";
import { pastAttempt } from "../runs/load-context.ts";

/** As many as a person looks through. */
const MOST = 24;
/** Of a mapped step the instances stand together in the index: so many are looked at for those of one. */
const LOOKED_AT = 4_000;

/**
 * Earlier executions of a step, in other runs, that had ended when the cache was asked for an attempt, and whose key's
 * parts were told: the latest first. `named` is among them however old it is.
 */
export async function pastExecutions(
  attempt: AttemptView,
  runId: string,
  named?: string,
): Promise<PastAttempt[]> {
  const { job, state } = attempt;
  const asked = state.cache?.status.at;
  if (!job || asked === undefined || !state.cache?.components?.value.length) return [];
  const [namespace, name] = [indexable(job.namespace), indexable(job.name)];
  const until = toIso(asked);
  const mapIndex = state.facts.mapIndex?.value ?? -1;
  const rows = await database().$queryRaw<{ run_id: string; state: AttemptState }[]>`
    SELECT past.run_id, past.state FROM (
      (SELECT latest.id, latest.run_id, latest.ended_at, latest.state FROM (
        SELECT * FROM attempt
        WHERE job_namespace = ${namespace} AND job_name = ${name} AND ended_at <= ${until}::timestamptz
        ORDER BY ended_at DESC LIMIT ${LOOKED_AT}) AS latest
      WHERE latest.map_index = ${mapIndex} AND latest.run_id <> ${runId} AND latest.id IS DISTINCT FROM ${named ?? null}
      ORDER BY latest.ended_at DESC LIMIT ${MOST})
      UNION ALL
      SELECT id, run_id, ended_at, state FROM attempt
      WHERE id = ${named ?? null} AND job_namespace = ${namespace} AND job_name = ${name}
        AND run_id <> ${runId} AND ended_at <= ${until}::timestamptz) AS past
    ORDER BY past.ended_at DESC`;
  return rows
    .flatMap((row) => pastAttempt({ ...row, life: null }) ?? [])
    .filter((past) => past.cacheComponents.length > 0);
}
