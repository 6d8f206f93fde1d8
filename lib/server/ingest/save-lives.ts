import type { LifeSigns } from "../../projections/life-signs.ts";
import { bitArray } from "./binary-array.ts";
import { isoOrNull } from "./save-attempts.ts";
import type { Session, Statement } from "./writer.ts";

/** A life line as it is stored: its bitmap lies apart, in chunks. */
export type StoredLife = Omit<LifeSigns, "beats">;

const LIVES: Statement = {
  name: "save-lives",
  text: `
    INSERT INTO life_sign (attempt_id, interval_ms, last_received_at, state)
    SELECT r.id, r.interval_ms, r.received, r.state
    FROM json_to_recordset($1::json) AS r(id text, interval_ms int, received timestamptz, state json)
    ON CONFLICT (attempt_id) DO UPDATE SET
      interval_ms = EXCLUDED.interval_ms, last_received_at = EXCLUDED.last_received_at, state = EXCLUDED.state`,
};

const CHUNKS: Statement = {
  name: "save-beat-chunks",
  text: `
    INSERT INTO beat_chunk (attempt_id, chunk, bits)
    SELECT c.id, c.chunk, c.bits::bit(2880) FROM unnest($1::text[], $2::int[], $3::varbit[]) AS c(id, chunk, bits)
    ON CONFLICT (attempt_id, chunk) DO UPDATE SET bits = beat_chunk.bits | EXCLUDED.bits`,
};

/** Writes life lines, and merges the bits of their beats into those that are there. */
export async function saveLives(session: Session, lives: readonly LifeSigns[]): Promise<void> {
  if (lives.length === 0) return;
  const rows = lives.map(({ beats: _, ...state }) => ({
    id: state.attemptId,
    interval_ms: state.intervalMs === undefined ? null : Math.round(state.intervalMs.value),
    received: isoOrNull(state.lastReceivedAt ?? state.intervalMs?.receivedAt),
    state,
  }));
  const chunks = lives.flatMap(({ attemptId, beats }) =>
    Object.entries(beats).map(([chunk, bits]) => ({ attemptId, chunk: Number(chunk), bits })),
  );
  const saved = [session.query(LIVES, [JSON.stringify(rows)])];
  if (chunks.length > 0) {
    const values = [
      chunks.map((c) => c.attemptId),
      chunks.map((c) => c.chunk),
      bitArray(chunks.map((c) => c.bits)),
    ];
    saved.push(session.query(CHUNKS, values));
  }
  await Promise.all(saved);
}
