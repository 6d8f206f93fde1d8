import type { Instant } from "../../base/instant.ts";
import { toIso } from "../../base/instant.ts";
import { toWire } from "../../contract/instant.ts";
import type { FacetResource, RecordResource } from "../../contract/record.ts";
import { recordParts } from "../../diagnosis/record-parts.ts";
import { givenFacets } from "../../sources/openlineage/given-facets.ts";
import { normaliseRunId } from "../../sources/openlineage/run-id.ts";
import { now } from "../clock.ts";
import { database } from "../database.ts";
import { unpackBody } from "../ingest/stored-body.ts";
import { findRunId, loadRun } from "../runs/load-run.ts";
import { loadRunAsOf } from "../runs/load-run-as-of.ts";
import { notesInOrder } from "../runs/told-in-order.ts";
import type { AsOf } from "./run.ts";

/** The latest messages that are looked at for facets. */
const READ = 60;
const MOST_FACETS = 200;
/** A longer value is read in its message. */
const LONGEST_VALUE = 20_000;

interface Row {
  id: string;
  occurred_at: Date;
  body: Uint8Array;
  total: number;
}

/** What the record of a node's latest attempt has and lacks. Null where there is no such run, or no such node in it. */
export async function readRecord(
  runId: string,
  key: string,
  { at }: AsOf = {},
): Promise<RecordResource | null> {
  const db = database();
  const asked = normaliseRunId(runId);
  const root = asked === undefined ? undefined : await findRunId(db, asked);
  if (root === undefined) return null;
  const run =
    at !== undefined && at < now() ? await loadRunAsOf(db, root, at, asked) : await loadRun(db, root);
  const node = run?.nodes.get(key) ?? (run && key === run.root.key ? run.root : undefined);
  if (!run || !node) return null;
  const attempt = node.current;
  const common = { runId: run.id, nodeKey: key };
  if (!attempt) {
    const messages = { read: 0, total: 0 };
    return { ...common, attemptId: null, parts: [], producers: [], facets: [], notes: [], messages };
  }
  const rows = await db.$queryRaw<Row[]>`
    SELECT id, occurred_at, body, count(*) OVER ()::int AS total FROM message
    WHERE attempt_id = ${attempt.id} AND (${at === undefined ? null : toIso(at)}::timestamptz IS NULL
      OR received_at <= ${at === undefined ? null : toIso(at)}::timestamptz)
    ORDER BY position DESC LIMIT ${READ}`;
  return {
    ...common,
    attemptId: attempt.id,
    parts: recordParts(attempt, run),
    ...gather(rows),
    notes: notesInOrder(attempt.state).map(([path, { value, messageId }]) => ({
      ...{ path, reason: value, eventId: messageId },
    })),
    messages: { read: rows.length, total: rows[0]?.total ?? 0 },
  };
}

/** Who sent messages, and the facets in them, each as it came last; those that nobody reads first. */
function gather(rows: readonly Row[]): Pick<RecordResource, "producers" | "facets"> {
  const producers = new Map<string, number>();
  const facets = new Map<string, FacetResource>();
  for (const { id, occurred_at, body } of rows) {
    const { producer, facets: given } = givenFacets(JSON.parse(unpackBody(body)));
    if (producer !== undefined) producers.set(producer, (producers.get(producer) ?? 0) + 1);
    for (const { name, on, read, value, producer: maker } of given) {
      const key = `${on} ${name}`;
      const known = facets.get(key);
      if (known) {
        if (known.eventId !== id) known.messages += 1;
        continue;
      }
      const isShown = !read && JSON.stringify(value).length <= LONGEST_VALUE;
      facets.set(key, {
        ...{ name, on, read, messages: 1, eventId: id, producer: maker ?? null },
        at: toWire(occurred_at.getTime() as Instant),
        value: isShown ? value : null,
      });
    }
  }
  return {
    producers: [...producers].map(([name, messages]) => ({ name: name.slice(0, 500), messages })),
    facets: [...facets.values()].sort((a, b) => Number(a.read) - Number(b.read)).slice(0, MOST_FACETS),
  };
}
