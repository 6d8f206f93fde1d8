import type { Topic } from "../../contract/live.ts";
import type { Database } from "../database.ts";
import { CHANNEL, writeChange } from "../live/change.ts";
import { Prisma } from "../prisma/client.ts";
import type { Session, Statement } from "./writer.ts";

/** What was changed, for the pages that are open (lib/server/live). */
export interface Changed {
  readonly runs?: readonly string[];
  readonly sources?: Iterable<string>;
  readonly lists?: boolean;
}

/** Tells every server that follows this database what was changed. */
export async function announce(db: Pick<Database, "$executeRaw">, changed: Changed): Promise<void> {
  const topics = topicsOf(changed);
  if (topics.length > 0) await db.$executeRaw`SELECT pg_notify(${CHANNEL}, ${writeChange(topics)})`;
}

const NOTIFY: Statement = { name: "notify", text: "SELECT pg_notify($1, $2)" };

/** The same as a part of a statement: it is told when that is committed. */
export function announcement(changed: Changed): Prisma.Sql {
  return Prisma.sql`pg_notify(${CHANNEL}, ${writeChange(topicsOf(changed))})`;
}

/** The same in a transaction of ingest: it is told at its commit, and not at all where that fails. */
export async function announceCommit(session: Session, changed: Changed): Promise<void> {
  const topics = topicsOf(changed);
  if (topics.length > 0) await session.query(NOTIFY, [CHANNEL, writeChange(topics)]);
}

function topicsOf(changed: Changed): Topic[] {
  const topics: Topic[] = changed.lists ? ["runs"] : [];
  for (const id of changed.runs ?? []) topics.push(`run:${id}`);
  for (const name of new Set(changed.sources)) topics.push(`source:${name}`);
  return topics;
}
