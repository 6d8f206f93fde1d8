import { z } from "zod";
import { parseInstant, plus, toIso } from "../../base/instant.ts";
import { storableText } from "../../base/storable-text.ts";
import { OPEN_STATES } from "../../contract/diagnosis.ts";
import type { RunList, RunQuery } from "../../contract/runs.ts";
import { now } from "../clock.ts";
import { database } from "../database.ts";
import { Prisma } from "../prisma/client.ts";
import { type RunRow, rowToSummary } from "./run-row.ts";
import { type Search, searchRuns } from "./run-search.ts";

const HOUR = 3_600_000;
const WITHIN = { "1h": HOUR, "24h": 24 * HOUR, "7d": 168 * HOUR, "30d": 720 * HOUR } as const;

/** Where the last page ended: the next one begins behind it, whatever was added in front meanwhile. */
const cursorSchema = z.tuple([
  z.iso.datetime().refine((text) => parseInstant(text) !== undefined),
  z.string().transform((id) => storableText(id)),
]);

/** Whether a text is where a page of this list ended. */
export function isRunCursor(text: string): boolean {
  return decodeCursor(text) !== undefined;
}

/** The runs that match, newest first, a page at a time. A cursor that is none of ours begins at the front. */
export async function listRuns(query: RunQuery): Promise<RunList> {
  const text = query.q?.trim();
  const search = { conditions: conditions(query), limit: query.limit + 1 };
  const rows = text ? await searchRuns({ ...search, text }) : await newestRuns(search);
  const page = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? page.at(-1) : undefined;
  return {
    runs: page.map(rowToSummary),
    nextCursor: last ? encodeCursor([last.started_at.toISOString(), last.id]) : null,
  };
}

function newestRuns({ conditions, limit }: Omit<Search, "text">): Promise<RunRow[]> {
  return database().$queryRaw<RunRow[]>`
    SELECT * FROM run
    WHERE ${Prisma.join([...conditions], " AND ")}
    ORDER BY started_at DESC, id DESC
    LIMIT ${limit}`;
}

function conditions(query: RunQuery): Prisma.Sql[] {
  const all = [Prisma.sql`TRUE`];
  const states = query.state.flatMap((state) => (state === "open" ? OPEN_STATES : [state]));
  if (states.length > 0) all.push(Prisma.sql`state = ANY(${states}::text[])`);
  if (query.rule.length > 0) all.push(Prisma.sql`rules && ${query.rule}::text[]`);
  if (query.pipeline.length > 0) all.push(Prisma.sql`pipeline = ANY(${query.pipeline}::text[])`);
  if (query.source.length > 0) all.push(Prisma.sql`source = ANY(${query.source}::text[])`);
  if (query.within)
    all.push(Prisma.sql`started_at >= ${toIso(plus(now(), -WITHIN[query.within]))}::timestamptz`);
  const cursor = decodeCursor(query.cursor);
  if (cursor) all.push(Prisma.sql`(started_at, id) < (${cursor[0]}::timestamptz, ${cursor[1]})`);
  return all;
}

function encodeCursor(cursor: z.infer<typeof cursorSchema>): string {
  return Buffer.from(JSON.stringify(cursor)).toString("base64url");
}

function decodeCursor(text: string | undefined): z.infer<typeof cursorSchema> | undefined {
  if (text === undefined) return undefined;
  try {
    return cursorSchema.safeParse(JSON.parse(Buffer.from(text, "base64url").toString("utf8"))).data;
  } catch {
    return undefined;
  }
}
