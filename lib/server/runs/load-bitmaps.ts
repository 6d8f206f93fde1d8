import type { Bitmap } from "../../base/bitmap.ts";
import type { Statements } from "../database.ts";

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
