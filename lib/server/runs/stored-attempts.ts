import { withBuckets } from "../../base/bitmap.ts";
import { byCodeUnit } from "../../base/compare.ts";
import type { AttemptState } from "../../projections/attempt-state.ts";
import type { StoredAttempt } from "../../projections/attempt-view.ts";
import { lifeProjection } from "../../projections/life-signs.ts";
import { unpackLife } from "../../projections/packed-life.ts";
import type { Statements } from "../database.ts";
import { loadPutAway } from "./load-put-away.ts";

/** Smaller runs are read anew each time: that takes less than to find out what of them has changed. */
const KEPT_FROM = 1_000;
/** Of so many attempts at most what was read is kept, all runs together: some 4 kB each. */
const KEPT_AT_MOST = 40_000;
/** For so long after it was last asked for, ms. */
const KEPT_MS = 60_000;

interface Row {
  id: string;
  state: AttemptState;
  signs: Uint8Array | null;
}

/** A run's attempts as they were read, and the oldest transaction that had not ended by then. */
interface Reading {
  readonly attempts: ReadonlyMap<string, StoredAttempt>;
  /** The same one after the other. */
  readonly list: readonly StoredAttempt[];
  readonly horizon: string;
}

interface Kept {
  readonly reading: Reading;
  readonly forgets: NodeJS.Timeout;
}

/** By connection pool: the large runs of late, the last that was asked for last. */
const kept = new WeakMap<Statements, Map<string, Kept>>();

/**
 * All that is stored of a run's attempts; empty where there are none. Of a large run that was read before only those
 * are read that may have changed since: rows tell which transaction wrote them. Where none has, it is the same list.
 */
export async function storedAttempts(db: Statements, runId: string): Promise<readonly StoredAttempt[]> {
  const runs = kept.get(db) ?? new Map<string, Kept>();
  kept.set(db, runs);
  const known = runs.get(runId)?.reading;
  const found = (known && (await readChanged(db, runId, known))) ?? (await readAll(db, runId));
  // Others may have read it meanwhile. Each has read a whole: it does not matter which of them is kept.
  keep(runs, runId, found);
  // Behind the life lines: what is put away between the two is found in both, and would else be in neither.
  const putAway = await loadPutAway(db, runId);
  if (putAway.size === 0) return found.list;
  return found.list.map((attempt) => {
    const { state, life } = attempt;
    const buckets = putAway.get(state.id);
    return buckets && life ? { state, life: { ...life, beats: withBuckets(life.beats, buckets) } } : attempt;
  });
}

function keep(runs: Map<string, Kept>, runId: string, reading: Reading): void {
  forget(runs, runId);
  if (reading.attempts.size < KEPT_FROM) return;
  runs.set(runId, { reading, forgets: forgetLater(runs, runId) });
  let all = 0;
  for (const kept of runs.values()) all += kept.reading.attempts.size;
  for (const [oldest, kept] of runs) {
    if (all <= KEPT_AT_MOST) break;
    forget(runs, oldest);
    all -= kept.reading.attempts.size;
  }
}

/** Knows of no reading: a timer that did would hold each that was made within its time. */
function forgetLater(runs: Map<string, Kept>, runId: string): NodeJS.Timeout {
  return setTimeout(() => runs.delete(runId), KEPT_MS).unref();
}

function forget(runs: Map<string, Kept>, runId: string): void {
  clearTimeout(runs.get(runId)?.forgets);
  runs.delete(runId);
}

async function readAll(db: Statements, runId: string): Promise<Reading> {
  const horizon = await readHorizon(db);
  const rows = await db.$queryRaw<Row[]>`
    SELECT a.id, a.state, l.signs
    FROM attempt a LEFT JOIN life_sign l ON l.life_id = a.life_id
    WHERE a.run_id = ${runId}`;
  // Whoever puts the run together needs them in this order: what is in order already is hardly sorted again.
  rows.sort((a, b) => byCodeUnit(a.id, b.id));
  return readingOf(new Map(rows.map((row) => [row.id, attemptOf(row)])), horizon);
}

function readingOf(attempts: ReadonlyMap<string, StoredAttempt>, horizon: string): Reading {
  return { attempts, list: [...attempts.values()], horizon };
}

/** Undefined where an attempt has left the run: then all of it is read. */
async function readChanged(db: Statements, runId: string, known: Reading): Promise<Reading | undefined> {
  const horizon = await readHorizon(db);
  // One statement: what has changed and how many there are is told of the same instant.
  const rows = await db.$queryRaw<(Row | { id: null; count: number })[]>`
    SELECT NULL AS id, NULL::json AS state, NULL::bytea AS signs, count(*)::int AS count FROM attempt WHERE run_id = ${runId}
    UNION ALL
    SELECT a.id, a.state, l.signs, 0
    FROM attempt a LEFT JOIN life_sign l ON l.life_id = a.life_id
    WHERE a.run_id = ${runId}
      AND (age(a.xmin) <= age(${known.horizon}::xid) OR age(l.xmin) <= age(${known.horizon}::xid))`;
  const attempts = new Map(known.attempts);
  let count = 0;
  for (const row of rows) {
    if (row.id === null) count = row.count;
    else attempts.set(row.id, attemptOf(row));
  }
  if (attempts.size !== count) return undefined;
  return rows.length > 1 ? readingOf(attempts, horizon) : { ...known, horizon };
}

/** Asked for before the rows are: what is written between the two is read twice, and never missed. */
async function readHorizon(db: Statements): Promise<string> {
  const rows = await db.$queryRaw<{ horizon: string }[]>`
    SELECT pg_snapshot_xmin(pg_current_snapshot())::xid::text AS horizon`;
  const [row] = rows;
  if (!row) throw new Error("the database did not say what it has committed");
  return row.horizon;
}

function attemptOf({ id, state, signs }: Row): StoredAttempt {
  return { state, life: signs ? unpackLife(id, signs) : lifeProjection.initial(id) };
}
