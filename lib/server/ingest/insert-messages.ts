import type { Accepted } from "./accepted.ts";
import { byteaArray, instantArray, textArray, uuidArray } from "./binary-array.ts";
import type { Session, Statement } from "./writer.ts";

const INSERT: Statement = {
  name: "insert-messages",
  text: `
    INSERT INTO message (id, source, type, attempt_id, occurred_at, received_at, body)
    SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::bytea[])
    ON CONFLICT (id) DO NOTHING
    RETURNING id`,
};

/** Adds messages to the log, and gives those that were not in it: what is folded is what the log has, no more. */
export async function insertMessages(session: Session, messages: readonly Accepted[]): Promise<Accepted[]> {
  if (messages.length === 0) return [];
  // The same message twice in one batch: the first receipt counts.
  const unique = [...new Map(messages.toReversed().map((m) => [m.id, m])).values()].reverse();
  const inserted = await session.query<{ id: string }>(INSERT, [
    uuidArray(unique.map((m) => m.id)),
    textArray(unique.map((m) => m.source)),
    textArray(unique.map((m) => m.type)),
    textArray(unique.map((m) => m.attemptId)),
    instantArray(unique.map((m) => m.occurredAt)),
    instantArray(unique.map((m) => m.receivedAt)),
    byteaArray(unique.map((m) => m.body)),
  ]);
  if (inserted.length === unique.length) return unique;
  const fresh = new Set(inserted.map((row) => row.id));
  return unique.filter((m) => fresh.has(m.id));
}
