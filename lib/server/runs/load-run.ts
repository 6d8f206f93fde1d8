import type { Bitmap } from "../../base/bitmap.ts";
import { assembleRun } from "../../projections/assemble-run.ts";
import type { AttemptState } from "../../projections/attempt-state.ts";
import type { RunView } from "../../projections/run-view.ts";
import type { Statements } from "../database.ts";
import type { StoredLife } from "../ingest/save-lives.ts";

interface Row {
  id: string;
  state: AttemptState;
  life: StoredLife | null;
}

/** The root of the tree that an attempt belongs to; undefined where no message ever named it. */
export async function findRunId(db: Statements, attemptId: string): Promise<string | undefined> {
  const rows = await db.$queryRaw<{ run_id: string }[]>`SELECT run_id FROM attempt WHERE id = ${attemptId}`;
  return rows[0]?.run_id;
}

/** A run as it is known now. Undefined where there is none of that id. */
export async function loadRun(db: Statements, runId: string): Promise<RunView | undefined> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT a.id, a.state, l.state AS life
    FROM attempt a LEFT JOIN life_sign l ON l.attempt_id = a.id
    WHERE a.run_id = ${runId}`;
  if (!rows.some((row) => row.id === runId)) return undefined;
  const bitmaps = await loadBitmaps(db, runId);
  return assembleRun(
    runId,
    rows.map(({ id, state, life }) => ({
      state,
      life: { ...(life ?? { attemptId: id }), beats: bitmaps.get(id) ?? {} },
    })),
  );
}

/** The bitmaps of a run's attempts. */
export async function loadBitmaps(db: Statements, runId: string): Promise<Map<string, Bitmap>> {
  const rows = await db.$queryRaw<{ id: string; chunk: number; bits: string }[]>`
    SELECT c.attempt_id AS id, c.chunk, c.bits::text AS bits
    FROM beat_chunk c JOIN attempt a ON a.id = c.attempt_id
    WHERE a.run_id = ${runId}`;
  const bitmaps = new Map<string, Record<string, string>>();
  for (const { id, chunk, bits } of rows) {
    const known = bitmaps.get(id) ?? {};
    known[String(chunk)] = bits;
    bitmaps.set(id, known);
  }
  return bitmaps;
}
