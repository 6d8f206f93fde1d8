import { withBuckets } from "../base/bitmap.ts";
import type { LifeSigns } from "../projections/life-signs.ts";
import { unpackLife } from "../projections/packed-life.ts";
import type { Database } from "../server/database.ts";
import { bucketsOfChunk } from "../server/ingest/put-away.ts";
import type { LifeSign } from "../server/prisma/client.ts";

/** The life line of an attempt as it is stored, with the buckets that were put away. */
export async function storedLife(db: Database, attemptId: string): Promise<LifeSigns> {
  const row = await lifeRow(db, attemptId);
  const life = unpackLife(attemptId, row.signs);
  const chunks = await db.$queryRaw<{ chunk: number; bits: string }[]>`
    SELECT chunk, bits::text FROM beat_chunk WHERE life_id = ${row.lifeId}`;
  return { ...life, beats: withBuckets(life.beats, chunks.flatMap(bucketsOfChunk)) };
}

/** The row that holds an attempt's life line. */
export async function lifeRow(db: Database, attemptId: string): Promise<LifeSign> {
  const { lifeId } = await db.attempt.findUniqueOrThrow({
    where: { id: attemptId },
    select: { lifeId: true },
  });
  return db.lifeSign.findUniqueOrThrow({ where: { lifeId } });
}

/** The life lines of all attempts that have one, in the order of their ids, with what its row says besides. */
export async function storedLives(db: Database) {
  const lives = new Map((await db.lifeSign.findMany({})).map((row) => [row.lifeId, row]));
  const attempts = await db.attempt.findMany({ select: { id: true, lifeId: true }, orderBy: { id: "asc" } });
  return Promise.all(
    attempts.flatMap(({ id, lifeId }) => {
      const row = lives.get(lifeId);
      return row ? [storedLife(db, id).then((life) => ({ ...told(row), life }))] : [];
    }),
  );
}

function told({ intervalMs, lastReceivedAt }: LifeSign) {
  return { intervalMs, lastReceivedAt };
}
