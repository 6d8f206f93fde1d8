import { type Instant, toIso } from "../../base/instant.ts";
import { isUuid } from "../../base/uuid.ts";
import { toWire } from "../../contract/instant.ts";
import type { MessageList, MessageResource } from "../../contract/nodes.ts";
import { allNodes, type RunView } from "../../projections/run-view.ts";
import { normaliseRunId } from "../../sources/openlineage/run-id.ts";
import { database } from "../database.ts";
import { loggedEvents } from "../ingest/logged-events.ts";
import { unpackBody } from "../ingest/stored-body.ts";
import { findRunId, loadRun } from "../runs/load-run.ts";
import { type AsOf, judgeNamed } from "./run.ts";

const PAGE = 100;

interface Row {
  id: string;
  position: bigint;
  source: string;
  type: string;
  attempt_id: string | null;
  occurred_at: Date;
  received_at: Date;
}

/** One message as it was received, with what we understood of it. Null where there is none of that id. */
export async function readMessage(id: string): Promise<MessageResource | null> {
  if (!isUuid(id)) return null;
  const rows = await database().$queryRaw<(Row & { body: Uint8Array })[]>`
    SELECT * FROM message WHERE id = ${id}::uuid`;
  const row = rows[0];
  return row ? { ...head(row), body: unpackBody(row.body), events: loggedEvents(row) } : null;
}

export interface MessagesAsked extends AsOf {
  /** Only those of this node; of the whole run where left out. */
  readonly node?: string | undefined;
  /** Only those of these types. */
  readonly types?: readonly string[] | undefined;
  readonly cursor?: string | undefined;
}

/**
 * The messages of a run, or of one node of it, newest first; at a past instant those that had been received by then, of
 * the run as it was known then. Null where there is no such run.
 */
export async function listMessages(runId: string, asked: MessagesAsked = {}): Promise<MessageList | null> {
  const { node, types, cursor, at } = asked;
  const run = await runOf(runId, at);
  if (!run) return null;
  const keyOf = new Map(allNodes(run).flatMap((n) => n.attempts.map((a) => [a.id, n.key] as const)));
  const ids = [...keyOf].filter(([, key]) => node === undefined || key === node).map(([id]) => id);
  const before = cursor === undefined ? 9_223_372_036_854_775_807n : BigInt(cursor);
  const until = at === undefined ? null : toIso(at);
  const rows = await database().$queryRaw<Row[]>`
    SELECT position, id, source, type, attempt_id, occurred_at, received_at FROM message
    WHERE attempt_id = ANY(${ids}::text[]) AND position < ${before}
      AND (${until}::timestamptz IS NULL OR received_at <= ${until}::timestamptz)
      AND (${types ?? null}::text[] IS NULL OR type = ANY(${types ?? null}::text[]))
    ORDER BY position DESC LIMIT ${PAGE + 1}`;
  const page = rows.slice(0, PAGE);
  return {
    messages: page.map((row) => ({ ...head(row), nodeKey: keyOf.get(row.attempt_id ?? "") ?? run.root.key })),
    nextCursor: rows.length > PAGE ? String(page.at(-1)?.position ?? "") : null,
  };
}

/** The past is judged with it, since the page asks for that too, and the answer is kept for both. */
async function runOf(runId: string, at: Instant | undefined): Promise<RunView | undefined> {
  if (at !== undefined) return (await judgeNamed(runId, at))?.judged.run;
  const db = database();
  const asked = normaliseRunId(runId);
  const root = asked === undefined ? undefined : await findRunId(db, asked);
  return root === undefined ? undefined : loadRun(db, root);
}

function head(row: Row): Omit<MessageResource, "body" | "events"> {
  return {
    id: row.id,
    source: row.source,
    type: row.type,
    attemptId: row.attempt_id,
    occurredAt: toWire(row.occurred_at.getTime() as Instant),
    receivedAt: toWire(row.received_at.getTime() as Instant),
  };
}
