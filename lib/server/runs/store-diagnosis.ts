import type { Instant } from "../../base/instant.ts";
import type { VerdictChange } from "../../diagnosis/verdict-changes.ts";
import type { RunView } from "../../projections/run-view.ts";
import type { Statements } from "../database.ts";
import { indexable } from "../indexable.ts";
import { announcement } from "../ingest/announce.ts";
import { Prisma } from "../prisma/client.ts";
import type { Judged } from "./judge-run.ts";
import { appendVerdictChanges } from "./save-verdict-changes.ts";
import { severityOf, summarise } from "./summarise.ts";

/** What is to be kept of a judgement. */
interface DiagnosisToStore {
  readonly judged: Judged;
  /** What it says otherwise than the one before. */
  readonly changes: readonly VerdictChange[];
  /** How the run's row stood when it was looked at. */
  readonly before: { readonly diagnosedAt: Date | null; readonly logPosition: bigint };
  readonly stuckMs: number | null;
  readonly heldBy: readonly string[];
  /** Up to where the log had been read. */
  readonly logPosition: bigint;
  readonly tookMs: number;
  /** When to judge the run again if nothing is told of it. */
  readonly nextLookAt: Instant | null;
}

/**
 * Keeps an answer for the lists, with what it says otherwise than the one before, announces it, and asks for the next
 * look: in one statement, which is committed as it ends. A transaction of several would stand open until this process
 * finds the time for its next step, which is long where much is told, and keep replaced row versions meanwhile. False
 * where there is no such run any more, or another answer has been stored since it was looked at.
 */
export async function storeDiagnosis(db: Statements, given: DiagnosisToStore): Promise<boolean> {
  const { judged, changes, before, nextLookAt } = given;
  const { run, at } = judged;
  const stored = await db.$queryRaw<unknown[]>`
    WITH stored AS (
      UPDATE run SET ${columns(given)}
      WHERE id = ${run.id} AND diagnosed_at IS NOT DISTINCT FROM ${before.diagnosedAt}::timestamptz
      RETURNING id),
    changed AS (${appendVerdictChanges(at, changes, before.logPosition, Prisma.sql`stored`)})
    SELECT ${announcement({ runs: [run.id], lists: true })}::text, ${next(run.id, nextLookAt)} FROM stored`;
  return stored.length > 0;
}

function columns({ judged, stuckMs, heldBy, logPosition, tookMs }: DiagnosisToStore): Prisma.Sql {
  const { run, diagnosis, at } = judged;
  const s = summarise(judged);
  return Prisma.sql`
    namespace = ${indexable(s.namespace)}, pipeline = ${indexable(s.pipeline)}, source = ${indexable(s.source)},
    integration = ${s.integration}, state = ${s.state}, outcome = ${s.outcome}, headline = ${s.headline},
    rule = ${s.rule}, certainty = ${s.certainty},
    rules = ${[...new Set(diagnosis.verdicts.map((v) => v.rule))]}::text[],
    blocker = ${s.blocker}, waits_for = ${diagnosis.waitsFor}::text[], holds = ${s.holds}::int, command = ${s.command},
    severity = ${severityOf(diagnosis.state)}::int,
    since = ${s.since}::timestamptz, started_at = COALESCE(${s.startedAt}::timestamptz, started_at),
    ended_at = ${s.endedAt}::timestamptz, last_sign_at = ${s.lastSignAt}::timestamptz,
    nodes_done = ${s.nodesDone}::int, nodes_reused = ${s.nodesReused}::int, nodes_total = ${s.nodesTotal}::int,
    strip = ${JSON.stringify(s.strip)}::jsonb, cache_asked = ${cacheAsked(run)}::int,
    stuck_ms = ${stuckMs}::float8, held_by = ${heldBy}::text[],
    log_position = ${logPosition}::bigint, diagnosed_at = ${new Date(at)}::timestamptz,
    diagnosis_ms = ${Math.round(tookMs)}::int,
    next_change_at = ${diagnosis.nextChangeAt === null ? null : new Date(diagnosis.nextChangeAt)}::timestamptz`;
}

function next(runId: string, at: Instant | null): Prisma.Sql {
  if (at === null) return Prisma.sql`NULL`;
  return Prisma.sql`
    (SELECT j.id::text FROM graphile_worker.add_job('diagnose', json_build_object('runId', ${runId}::text),
      job_key := ${`deadline:${runId}`}::text, job_key_mode := 'replace',
      run_at := ${new Date(at + 20)}::timestamptz) AS j)`;
}

/** Nodes on whose latest attempt a cache decided, whatever it decided. */
function cacheAsked(run: RunView): number {
  return [...run.nodes.values()].filter((node) => node.current?.state.cache !== undefined).length;
}
