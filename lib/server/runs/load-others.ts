import type { Instant } from "../../base/instant.ts";
import type { Other, RunState } from "../../diagnosis/verdict.ts";
import type { Statements } from "../database.ts";
import { loadExecutions } from "./load-executions.ts";
import { loadOriginals } from "./load-originals.ts";
import type { Elsewhere } from "./questions.ts";

/** Of the runs that one waits for so many are followed at most: more than a person reads. */
const MOST = 200;
/** Runs that one waits for through others, at most. */
const DEPTH = 8;

/**
 * The attempts of other runs that this run's nodes wait for: declared to come first, or holding what is waited for;
 * with the last answer that was kept for their runs, and for those that these wait for. Of a past instant only the
 * attempts are known: answers are kept for today alone.
 */
export async function loadOthers(
  db: Statements,
  runId: string,
  { attempts: named, jobs }: Elsewhere,
  until: Instant,
  live: boolean,
): Promise<Map<string, Other>> {
  const executions = await loadExecutions(db, runId, jobs);
  const ids = [...new Set([...named, ...executions.values()])];
  const others = new Map<string, Other>();
  if (ids.length === 0) return others;
  const attempts = await loadOriginals(db, ids, until);
  const runIds = [...new Set([...attempts.values()].map((a) => a.runId))].filter((id) => id !== runId);
  if (runIds.length === 0) return others;
  const rows = await db.$queryRaw<
    { id: string; pipeline: string; state: RunState; headline: string; judged: boolean }[]
  >`
    SELECT id, pipeline, state, headline, diagnosed_at IS NOT NULL AS judged
    FROM run WHERE id = ANY(${runIds}::text[])`;
  const runs = new Map(rows.map((row) => [row.id, row]));
  const behind = live ? await loadBehind(db, runIds, runId) : new Map<string, Behind>();
  for (const [id, attempt] of attempts) {
    const its = runs.get(attempt.runId);
    if (!its || attempt.runId === runId) continue;
    const judged = live && its.judged;
    others.set(id, {
      attemptId: id,
      runId: attempt.runId,
      pipeline: its.pipeline,
      status: attempt.status,
      startedAt: attempt.startedAt,
      endedAt: attempt.endedAt,
      state: judged ? its.state : null,
      headline: judged ? its.headline : null,
      behind: behind.get(attempt.runId)?.runs ?? [],
      waitsForUs: behind.get(attempt.runId)?.waitsForUs ?? false,
    });
  }
  for (const [job, id] of executions) {
    const other = others.get(id);
    if (other) others.set(job, other);
  }
  return others;
}

interface Behind {
  readonly runs: Other["behind"];
  readonly waitsForUs: boolean;
}

/** Whom runs wait for in turn, by their last answers. A circle is entered once, and left where it closes. */
async function loadBehind(
  db: Statements,
  runIds: readonly string[],
  asking: string,
): Promise<Map<string, Behind>> {
  const rows = await db.$queryRaw<
    { start: string; id: string; pipeline: string; state: RunState; depth: number; back: boolean }[]
  >`
    WITH RECURSIVE behind AS (
      SELECT r.id AS start, r.id, r.pipeline, r.state, r.waits_for, 0 AS depth
      FROM run r WHERE r.id = ANY(${runIds}::text[])
      UNION ALL
      SELECT b.start, n.id, n.pipeline, n.state, n.waits_for, b.depth + 1
      FROM behind b CROSS JOIN LATERAL unnest(b.waits_for[1:${MOST}::int]) AS w(id) JOIN run n ON n.id = w.id
      WHERE b.depth < ${DEPTH}::int AND b.id <> ${asking} AND n.state <> 'finished'
    ) CYCLE id SET is_cycle USING path
    SELECT start, id, pipeline, state, depth, id = ${asking} AS back
    FROM behind WHERE depth > 0 AND NOT is_cycle ORDER BY depth, id LIMIT 1000`;
  const found = new Map<string, { runs: Other["behind"][number][]; waitsForUs: boolean }>();
  for (const { start, id, pipeline, state, back } of rows) {
    const known = found.get(start) ?? { runs: [], waitsForUs: false };
    found.set(start, known);
    if (back) known.waitsForUs = true;
    else if (id !== start && !known.runs.some((r) => r.runId === id))
      known.runs.push({ runId: id, pipeline, state });
  }
  return found;
}
