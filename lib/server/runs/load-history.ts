import { NO_BEATS } from "../../base/bitmap.ts";
import { type Instant, toIso } from "../../base/instant.ts";
import { sampleOf } from "../../diagnosis/baseline.ts";
import type { PastAttempt } from "../../diagnosis/verdict.ts";
import { type AttemptState, columnsOf } from "../../projections/attempt-state.ts";
import { viewAttempt } from "../../projections/attempt-view.ts";
import type { LifeSigns } from "../../projections/life-signs.ts";
import { unpackLife } from "../../projections/packed-life.ts";
import type { RunView } from "../../projections/run-view.ts";
import type { Statements } from "../database.ts";
import { Prisma } from "../prisma/client.ts";
import type { PastJob } from "./questions.ts";

/** How many earlier attempts of a node are looked at: enough for a median, and for five that make a rhythm. */
export const HISTORY = 8;

/**
 * The earlier attempts of other runs at jobs, the latest of each, as rows `w` (the job) and `past` (the attempt).
 * Instances of a mapped step are looked for together: each alone would read the others' over and over. What ended
 * after this run began cannot be what this run might have reused, or what it repeats.
 */
export function pastAttempts(
  jobs: readonly PastJob[],
  runId: string,
  startedAt: Instant | undefined,
): Prisma.Sql {
  const until = startedAt === undefined ? "infinity" : toIso((startedAt + 1000) as Instant);
  return Prisma.sql`
    jsonb_to_recordset(${JSON.stringify(jobs)}::jsonb) AS w(key text, namespace text, name text, map_index int)
    JOIN (
      SELECT found.*, row_number() OVER (
        PARTITION BY found.namespace, found.name, found.map_index ORDER BY found.ended_at DESC) AS nth
      FROM (
        SELECT namespace, name, array_agg(DISTINCT map_index) AS instances
        FROM jsonb_to_recordset(${JSON.stringify(jobs)}::jsonb) AS j(namespace text, name text, map_index int)
        GROUP BY namespace, name) AS job
      CROSS JOIN LATERAL (
        SELECT a.id, a.job_namespace AS namespace, a.job_name AS name, a.map_index, a.ended_at FROM attempt a
        WHERE a.job_namespace = job.namespace AND a.job_name = job.name AND a.map_index = ANY(job.instances)
          AND a.run_id <> ${runId} AND a.ended_at <= ${until}::timestamptz
        ORDER BY a.ended_at DESC LIMIT ${HISTORY} * cardinality(job.instances)) AS found
    ) AS late ON late.namespace = w.namespace AND late.name = w.name AND late.map_index = w.map_index
      AND late.nth <= ${HISTORY}
    JOIN attempt past ON past.id = late.id
    LEFT JOIN life_sign l ON l.life_id = past.life_id`;
}

/** What earlier runs' attempts at a run's nodes tell, by node key, the latest first. */
export async function loadHistory(
  db: Statements,
  run: RunView,
  jobs: readonly PastJob[],
): Promise<Map<string, PastAttempt[]>> {
  const history = new Map<string, PastAttempt[]>();
  if (jobs.length === 0) return history;
  const rows = await db.$queryRaw<
    { key: string; run_id: string; state: AttemptState; signs: Uint8Array | null }[]
  >`
    SELECT w.key, past.run_id, past.state, l.signs
    FROM ${pastAttempts(jobs, run.id, run.startedAt)} ORDER BY w.key, late.ended_at DESC`;
  for (const { key, signs, ...told } of rows) {
    const past = pastAttempt({ ...told, life: signs && unpackLife(told.state.id, signs) });
    if (!past) continue;
    const list = history.get(key);
    if (list) list.push(past);
    else history.set(key, [past]);
  }
  return history;
}

/** What a past attempt at a node tells; undefined where it has not ended. */
export function pastAttempt(row: {
  run_id: string;
  state: AttemptState;
  life: LifeSigns | null;
}): PastAttempt | undefined {
  const { state } = row;
  const life = row.life ? { ...row.life, beats: NO_BEATS } : undefined;
  const place = { nodeKey: "", number: 1, superseded: false };
  const view = viewAttempt({ state, ...(life && { life }) }, place);
  const { status, endedAt } = view;
  if (endedAt === undefined || status === "waiting" || status === "running" || status === "superseded")
    return undefined;
  return {
    attemptId: state.id,
    runId: row.run_id,
    outcome: status,
    reused: view.reused,
    startedAt: view.startedAt ?? null,
    endedAt,
    wrote: Object.entries(state.outputs).flatMap(([key, output]) => (output.written ? [key] : [])),
    cacheKey: state.cache?.key?.value ?? null,
    cacheComponents: state.cache?.components?.value ?? [],
    cacheStatus: state.cache?.status.value ?? null,
    inputColumns: columnsOf(state, "input"),
    beatIntervalMs: life?.intervalMs?.value ?? null,
    sample: sampleOf(view, row.run_id, null) ?? null,
  };
}
