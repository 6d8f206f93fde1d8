import { withBuckets } from "../base/bitmap.ts";
import type { LifeSigns } from "../projections/life-signs.ts";
import { unpackLife } from "../projections/packed-life.ts";
import type { Database } from "../server/database.ts";
import { bucketsOfChunk } from "../server/ingest/put-away.ts";

/** The life line of an attempt as it is stored, with the buckets that were put away. */
export async function storedLife(db: Database, attemptId: string): Promise<LifeSigns> {
  const row = await db.lifeSign.findUniqueOrThrow({ where: { attemptId } });
  const life = unpackLife(attemptId, row.signs);
  const chunks = await db.$queryRaw<{ chunk: number; bits: string }[]>`
    SELECT chunk, bits::text FROM beat_chunk WHERE attempt_id = ${attemptId}`;
  return { ...life, beats: withBuckets(life.beats, chunks.flatMap(bucketsOfChunk)) };
}

/** The life lines of all attempts, in the order of their ids. */
export async function storedLives(db: Database): Promise<LifeSigns[]> {
  const rows = await db.lifeSign.findMany({ select: { attemptId: true }, orderBy: { attemptId: "asc" } });
  return Promise.all(rows.map(({ attemptId }) => storedLife(db, attemptId)));
}
