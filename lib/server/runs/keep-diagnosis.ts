import { type Instant, toIso } from "../../base/instant.ts";
import { diagnosisToWire } from "../../contract/diagnosis.ts";
import { sourceNews } from "../../diagnosis/source-news.ts";
import type { Database, Statements } from "../database.ts";
import { engineMark } from "../engine-mark.ts";
import { packBody } from "../ingest/stored-body.ts";
import { type Grounds, type LookedAt, lookedAt, readStanding, type Standing } from "./grounds.ts";
import { type Judged, judgeRun } from "./judge-run.ts";
import { readsTheSameUntil } from "./next-look.ts";

/** Answers for smaller runs are not kept, nodes: to judge one anew takes no longer than to find out whether that is needed. */
const KEPT_FROM = 500;

/** A judgement, and, where it may be kept, what was looked at. */
export interface Watched {
  readonly judged: Judged;
  /** How long it took, ms. */
  readonly took: number;
  readonly seen:
    | { readonly horizon: bigint; readonly looked: LookedAt; readonly standing: Standing }
    | undefined;
}

/**
 * Judges a run as it is now, and finds out how all that it looks at stood before it looked. `horizon` is the oldest
 * transaction that had not ended before: see readHorizon.
 */
export async function judgeWatched(
  db: Database,
  runId: string,
  horizon: bigint,
  nodeKey?: string,
): Promise<Watched | undefined> {
  const began = performance.now();
  let seen: Watched["seen"];
  const judged = await judgeRun(db, runId, {
    nodeKey,
    beforeContext: async (run, questions) => {
      if (run.nodes.size < KEPT_FROM || engineMark() === undefined) return;
      const looked = lookedAt(run, questions);
      if (looked) seen = { horizon, looked, standing: await readStanding(db, looked) };
    },
  });
  return judged && { judged, took: performance.now() - began, seen };
}

/** The oldest transaction that has not ended. Rows that it or a later one wrote may be missing in what is read from now on. */
export async function readHorizon(db: Statements): Promise<bigint> {
  const rows = await db.$queryRaw<{ horizon: bigint }[]>`
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS horizon`;
  const [row] = rows;
  if (!row) throw new Error("the database did not say what it has committed");
  return row.horizon;
}

/** Whether what a judgement looked at has changed since: by what was learned of its own run, mostly. */
export async function isOutdated(db: Statements, { seen }: Watched): Promise<boolean> {
  return seen !== undefined && (await readStanding(db, seen.looked)).hash !== seen.standing.hash;
}

/** What an answer is compared by before it is given again. */
export interface Basis {
  readonly horizon: bigint;
  /** How many attempts the run had. */
  readonly attempts: number;
  readonly grounds: Grounds;
  /** From when on time alone may change it, or its words; null: never. */
  readonly until: Instant | null;
}

/** What a judgement rests on; undefined where that was not looked at. */
export function basisOf({ judged, took, seen }: Watched): Basis | undefined {
  if (!seen) return undefined;
  const { run, context, diagnosis, at } = judged;
  // Each attempt that is stored is a try at some node.
  const attempts = new Set([run.root, ...run.nodes.values()].flatMap((n) => n.attempts.map((a) => a.id)));
  return {
    horizon: seen.horizon,
    attempts: attempts.size,
    grounds: { lookedAt: seen.looked, standing: seen.standing, news: sourceNews(run, context, at) },
    until: readsTheSameUntil(diagnosis, took),
  };
}

/** Keeps an answer for whoever asks next, unless a later one is kept. Smaller runs' are not kept. */
export async function keepDiagnosis(
  db: Statements,
  { run, diagnosis, at }: Judged,
  basis: Basis,
): Promise<void> {
  const engine = engineMark();
  if (engine === undefined) return;
  const { horizon, attempts, grounds, until } = basis;
  const body = packBody(Buffer.from(JSON.stringify(diagnosisToWire(diagnosis))));
  await db.$executeRaw`
    INSERT INTO diagnosis AS d (run_id, at, holds_until, engine, horizon, attempts, grounds, body)
    SELECT r.id, ${toIso(at)}::timestamptz, ${until === null ? null : toIso(until)}::timestamptz, ${engine},
      ${horizon}, ${attempts}, ${JSON.stringify(grounds)}::json, ${body}
    FROM run r WHERE r.id = ${run.id}
    ON CONFLICT (run_id) DO UPDATE SET
      at = EXCLUDED.at, holds_until = EXCLUDED.holds_until, engine = EXCLUDED.engine, horizon = EXCLUDED.horizon,
      attempts = EXCLUDED.attempts, grounds = EXCLUDED.grounds, body = EXCLUDED.body
    WHERE d.at < EXCLUDED.at OR d.engine <> EXCLUDED.engine`;
}
