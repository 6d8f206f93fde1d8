import { NO_BEATS } from "../../base/bitmap.ts";
import type { Instant } from "../../base/instant.ts";
import type { LifeSigns } from "../../projections/life-signs.ts";
import { packLife } from "../../projections/packed-life.ts";
import { bigintArray, bitArray, byteaArray, instantArray, intArray, textArray } from "./binary-array.ts";
import { chunksOf, isToPutAway } from "./put-away.ts";
import type { Session, Statement } from "./writer.ts";

/** A life line as it is to be stored. */
export interface LifeToSave {
  readonly life: LifeSigns;
  /** Undefined where its attempt was stored by the same transaction. */
  readonly lifeId: string | undefined;
}

/** The life id, looked up where it is not given. */
const LIFE_ID = "COALESCE(w.life_id, (SELECT a.life_id FROM attempt a WHERE a.id = w.id))";

const LIVES: Statement = {
  name: "save-lives",
  text: `
    INSERT INTO life_sign (life_id, interval_ms, last_received_at, signs)
    SELECT ${LIFE_ID}, w.interval_ms, w.last_received_at, w.signs
    FROM unnest($1::bigint[], $2::text[], $3::int[], $4::timestamptz[], $5::bytea[])
      AS w(life_id, id, interval_ms, last_received_at, signs)
    ON CONFLICT (life_id) DO UPDATE SET
      interval_ms = EXCLUDED.interval_ms, last_received_at = EXCLUDED.last_received_at, signs = EXCLUDED.signs`,
};

const CHUNKS: Statement = {
  name: "save-beat-chunks",
  text: `
    INSERT INTO beat_chunk (life_id, chunk, bits)
    SELECT ${LIFE_ID}, w.chunk, w.bits::bit(2880)
    FROM unnest($1::bigint[], $2::text[], $3::int[], $4::varbit[]) AS w(life_id, id, chunk, bits)
    ON CONFLICT (life_id, chunk) DO UPDATE SET bits = beat_chunk.bits | EXCLUDED.bits`,
};

/** Writes life lines, each as a whole: the caller holds the ingest lock, and has read what was stored of them. */
export async function saveLives(session: Session, lives: readonly LifeToSave[]): Promise<void> {
  if (lives.length === 0) return;
  const long = lives.filter(({ life }) => isToPutAway(life.beats));
  const saved: Promise<unknown>[] = [
    session.query(LIVES, [
      ...whose(lives),
      intArray(lives.map(({ life: { intervalMs } }) => (intervalMs ? Math.round(intervalMs.value) : null))),
      instantArray(lives.map(({ life }) => heardAt(life))),
      byteaArray(
        lives.map(({ life }) => packLife(isToPutAway(life.beats) ? { ...life, beats: NO_BEATS } : life)),
      ),
    ]),
  ];
  if (long.length > 0) saved.push(putAway(session, long));
  await Promise.all(saved);
}

function heardAt({ attemptId, lastReceivedAt, intervalMs }: LifeSigns): Instant {
  const at = lastReceivedAt ?? intervalMs?.receivedAt;
  if (at === undefined) throw new Error(`the life line of ${attemptId} was never told of`);
  return at;
}

/** Merges buckets into those that are there. */
function putAway(session: Session, lives: readonly LifeToSave[]): Promise<unknown> {
  const chunks = lives.flatMap((saved) =>
    chunksOf(saved.life.beats).map((chunk) => ({ ...saved, ...chunk })),
  );
  return session.query(CHUNKS, [
    ...whose(chunks),
    intArray(chunks.map((c) => c.chunk)),
    bitArray(chunks.map((c) => c.bits)),
  ]);
}

/** Life ids, and for those that are not known the ids of their attempts. */
function whose(lives: readonly LifeToSave[]): [Buffer, Buffer] {
  return [
    bigintArray(lives.map(({ lifeId }) => lifeId ?? null)),
    textArray(lives.map(({ life, lifeId }) => (lifeId === undefined ? life.attemptId : ""))),
  ];
}
