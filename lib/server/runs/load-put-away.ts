import type { Statements } from "../database.ts";
import { bucketsOfChunk } from "../ingest/put-away.ts";

/** The buckets of a run's attempts that were put away from their life lines. */
export async function loadPutAway(db: Statements, runId: string): Promise<Map<string, number[]>> {
  const rows = await db.$queryRaw<{ id: string; chunk: number; bits: string }[]>`
    SELECT a.id, c.chunk, c.bits::text AS bits
    FROM beat_chunk c JOIN attempt a ON a.life_id = c.life_id
    WHERE a.run_id = ${runId}`;
  const putAway = new Map<string, number[]>();
  for (const { id, chunk, bits } of rows) {
    const known = putAway.get(id);
    const buckets = bucketsOfChunk({ chunk, bits });
    if (known) known.push(...buckets);
    else putAway.set(id, buckets);
  }
  return putAway;
}
