import type { Instant } from "../../base/instant.ts";
import { toWire } from "../../contract/instant.ts";
import type { SourceDetail } from "../../contract/sources.ts";
import type { Database } from "../database.ts";
import { indexable } from "../indexable.ts";
import { unpackBody } from "../ingest/stored-body.ts";

/** How many messages a source's page shows. */
const SHOWN = 50;

/**
 * Where they are looked for: in the newest messages of the log, of whatever source, and in those of the source's
 * newest runs. An index by source would find all of them, and would cost every event that is taken in.
 */
const TAIL = 5_000;
const NEWEST_RUNS = 20;
const ATTEMPTS = 200;

interface Row {
  id: string;
  source: string;
  type: string;
  attempt_id: string | null;
  occurred_at: Date;
  received_at: Date;
  body: Uint8Array | null;
}

/** The messages of a source of late, newest first, and who wrote the newest. */
export async function latestOf(
  db: Database,
  source: string,
): Promise<{ messages: SourceDetail["messages"]; producer: string | null }> {
  const rows = await db.$queryRaw<Row[]>`
    WITH tail AS (
      SELECT position, source FROM message ORDER BY position DESC LIMIT ${TAIL}
    ), runs AS (
      SELECT id FROM run WHERE source = ${indexable(source)} ORDER BY started_at DESC LIMIT ${NEWEST_RUNS}
    ), attempts AS (
      SELECT a.id FROM runs CROSS JOIN LATERAL (
        SELECT id FROM attempt WHERE run_id = runs.id ORDER BY started_at DESC NULLS LAST LIMIT ${ATTEMPTS}) AS a
    ), found AS (
      SELECT position FROM tail WHERE source = ${source}
      UNION
      SELECT m.position FROM attempts CROSS JOIN LATERAL (
        SELECT position FROM message WHERE attempt_id = attempts.id AND source = ${source}
        ORDER BY position DESC LIMIT ${SHOWN}) AS m
    ), newest AS (
      SELECT position FROM found ORDER BY position DESC LIMIT ${SHOWN}
    )
    SELECT id, source, type, attempt_id, occurred_at, received_at,
      CASE WHEN position = (SELECT max(position) FROM newest) THEN body END AS body
    FROM message WHERE position IN (SELECT position FROM newest) ORDER BY position DESC`;
  const wire = (date: Date) => toWire(date.getTime() as Instant);
  return {
    messages: rows.map((row) => ({
      ...{ id: row.id, source: row.source, type: row.type, attemptId: row.attempt_id },
      occurredAt: wire(row.occurred_at),
      receivedAt: wire(row.received_at),
    })),
    producer: producerOf(rows[0]?.body),
  };
}

function producerOf(body: Uint8Array | null | undefined): string | null {
  if (!body) return null;
  const message: unknown = JSON.parse(unpackBody(body));
  const producer: unknown =
    typeof message === "object" && message !== null ? Reflect.get(message, "producer") : undefined;
  return typeof producer === "string" && producer !== "" ? producer.slice(0, 500) : null;
}
