import { NO_BEATS } from "../../base/bitmap.ts";
import type { Instant } from "../../base/instant.ts";
import type { LifeSigns } from "../../projections/life-signs.ts";
import { packLife } from "../../projections/packed-life.ts";
import { bitArray, byteaArray, instantArray, intArray, textArray } from "./binary-array.ts";
import { type Chunk, chunksOf, isToPutAway } from "./put-away.ts";
import type { Session, Statement } from "./writer.ts";

const LIVES: Statement = {
  name: "save-lives",
  text: `
    INSERT INTO life_sign (attempt_id, interval_ms, last_received_at, signs)
    SELECT * FROM unnest($1::text[], $2::int[], $3::timestamptz[], $4::bytea[])
    ON CONFLICT (attempt_id) DO UPDATE SET
      interval_ms = EXCLUDED.interval_ms, last_received_at = EXCLUDED.last_received_at, signs = EXCLUDED.signs`,
};

const CHUNKS: Statement = {
  name: "save-beat-chunks",
  text: `
    INSERT INTO beat_chunk (attempt_id, chunk, bits)
    SELECT c.id, c.chunk, c.bits::bit(2880) FROM unnest($1::text[], $2::int[], $3::varbit[]) AS c(id, chunk, bits)
    ON CONFLICT (attempt_id, chunk) DO UPDATE SET bits = beat_chunk.bits | EXCLUDED.bits`,
};

/** Writes life lines, each as a whole: the caller holds the ingest lock, and has read what was stored of them. */
export async function saveLives(session: Session, lives: readonly LifeSigns[]): Promise<void> {
  if (lives.length === 0) return;
  const long = lives.filter((life) => isToPutAway(life.beats));
  const saved: Promise<unknown>[] = [
    session.query(LIVES, [
      textArray(lives.map((life) => life.attemptId)),
      intArray(lives.map(({ intervalMs }) => (intervalMs ? Math.round(intervalMs.value) : null))),
      instantArray(lives.map(heardAt)),
      byteaArray(
        lives.map((life) => packLife(isToPutAway(life.beats) ? { ...life, beats: NO_BEATS } : life)),
      ),
    ]),
  ];
  if (long.length > 0)
    saved.push(
      saveChunks(
        session,
        long.flatMap((life) => chunksOf(life.attemptId, life.beats)),
      ),
    );
  await Promise.all(saved);
}

function heardAt({ attemptId, lastReceivedAt, intervalMs }: LifeSigns): Instant {
  const at = lastReceivedAt ?? intervalMs?.receivedAt;
  if (at === undefined) throw new Error(`the life line of ${attemptId} was never told of`);
  return at;
}

/** Merges bits into those that are there. */
function saveChunks(session: Session, chunks: readonly Chunk[]): Promise<unknown> {
  return session.query(CHUNKS, [
    textArray(chunks.map((c) => c.attemptId)),
    intArray(chunks.map((c) => c.chunk)),
    bitArray(chunks.map((c) => c.bits)),
  ]);
}
