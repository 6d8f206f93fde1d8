import type { Instant } from "../base/instant.ts";
import { type Database, openDatabase } from "../server/database.ts";
import { acceptMessage } from "../server/ingest/accept-message.ts";
import type { Accepted } from "../server/ingest/accepted.ts";
import { append } from "../server/ingest/append.ts";
import { rebuild } from "../server/ingest/rebuild.ts";
import { Writer } from "../server/ingest/writer.ts";
import type { WireMessage } from "./wire-trees.ts";

/** A database with the ways in that a server has, for tests that say what goes in together. */
export interface Log {
  readonly db: Database;
  /** Appends messages in one transaction of their own. */
  append(messages: readonly Accepted[]): Promise<void>;
  /** Folds all of the log anew. */
  rebuild(): Promise<void>;
  close(): Promise<void>;
}

/** Opens it with connections of its own. */
export function openLog(url: string): Log {
  const db = openDatabase(url);
  const writer = new Writer(url);
  const at = Date.UTC(2026, 0, 31) as Instant;
  return {
    db,
    append: async (messages) => {
      await append(writer, messages, [], at);
    },
    rebuild: () => rebuild(writer, at, () => {}),
    close: async () => {
      await writer.close();
      await db.$disconnect();
    },
  };
}

/** Reads messages as ingest does. Throws where one is refused. */
export function accepted(messages: readonly WireMessage[]): Accepted[] {
  return messages.map(({ json, receivedAt }) => {
    const read = acceptMessage(json, JSON.stringify(json), receivedAt);
    if (!read.ok) throw new Error(`refused: ${JSON.stringify(read.problems)}`);
    return read.message;
  });
}
