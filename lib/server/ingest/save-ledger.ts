import { toIso } from "../../base/instant.ts";
import type { Statements } from "../database.ts";
import { KEPT_PER_SOURCE, type LedgerPage } from "./source-ledger.ts";

/** The most refusals, and as many notes, of all sources together: who invents names must not fill the disk. */
const KEPT_IN_ALL = 20_000;

/**
 * Adds what a ledger told to the tables of the sources, in one statement, and lets the oldest refusals and notes go.
 * Rows are written in one order, so that several servers do not wait for each other in a circle.
 */
export async function saveLedger(db: Statements, page: LedgerPage): Promise<void> {
  const hours = page.hours.toSorted((a, b) => compare(a.source, b.source) || a.hour - b.hour);
  const refusals = page.refusals.map((entry) => ({ ...entry, at: toIso(entry.at) }));
  const notes = page.notes.map(({ messageId, attemptId, ...rest }) => ({
    ...rest,
    at: toIso(rest.at),
    message_id: messageId,
    attempt_id: attemptId,
  }));
  // The rows that this statement adds are not seen by its own deletions: they are counted in by hand.
  await db.$executeRaw`
    WITH hours AS (
      INSERT INTO source_hour AS h (source, hour, accepted, duplicate, noted, refused, beats)
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(hours)}::jsonb)
        AS r(source text, hour int, accepted int, duplicate int, noted int, refused int, beats bigint)
      ON CONFLICT (source, hour) DO UPDATE SET
        accepted = h.accepted + EXCLUDED.accepted, duplicate = h.duplicate + EXCLUDED.duplicate,
        noted = h.noted + EXCLUDED.noted, refused = h.refused + EXCLUDED.refused, beats = h.beats + EXCLUDED.beats
    ), new_refusal AS (
      SELECT r.*, row_number() OVER (PARTITION BY source ORDER BY n DESC) AS nth
      FROM jsonb_to_recordset(${JSON.stringify(refusals.map((r, n) => ({ ...r, n })))}::jsonb)
        AS r(source text, at timestamptz, status int, path text, reason text, body text, n int)
    ), put_refusal AS (
      INSERT INTO refusal (source, at, status, path, reason, body)
      SELECT source, at, status, path, reason, body FROM new_refusal WHERE nth <= ${KEPT_PER_SOURCE} ORDER BY n
    ), old_refusal AS (
      DELETE FROM refusal USING (
        SELECT old.id FROM (SELECT source, count(*) AS added FROM new_refusal GROUP BY source) AS fresh
        CROSS JOIN LATERAL (
          SELECT id FROM refusal WHERE source = fresh.source ORDER BY id DESC
          OFFSET GREATEST(0, ${KEPT_PER_SOURCE} - fresh.added)) AS old
        UNION ALL
        SELECT id FROM refusal WHERE id <= (SELECT max(id) FROM refusal) - ${KEPT_IN_ALL}
          AND EXISTS (SELECT 1 FROM new_refusal)) AS gone
      WHERE refusal.id = gone.id
    ), new_note AS (
      SELECT r.*, row_number() OVER (PARTITION BY source ORDER BY n DESC) AS nth
      FROM jsonb_to_recordset(${JSON.stringify(notes.map((r, n) => ({ ...r, n })))}::jsonb)
        AS r(source text, at timestamptz, message_id uuid, attempt_id text, path text, reason text, n int)
    ), put_note AS (
      INSERT INTO source_note (source, at, message_id, attempt_id, path, reason)
      SELECT source, at, message_id, attempt_id, path, reason FROM new_note WHERE nth <= ${KEPT_PER_SOURCE} ORDER BY n
    )
    DELETE FROM source_note USING (
      SELECT old.id FROM (SELECT source, count(*) AS added FROM new_note GROUP BY source) AS fresh
      CROSS JOIN LATERAL (
        SELECT id FROM source_note WHERE source = fresh.source ORDER BY id DESC
        OFFSET GREATEST(0, ${KEPT_PER_SOURCE} - fresh.added)) AS old
      UNION ALL
      SELECT id FROM source_note WHERE id <= (SELECT max(id) FROM source_note) - ${KEPT_IN_ALL}
        AND EXISTS (SELECT 1 FROM new_note)) AS gone
    WHERE source_note.id = gone.id`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
