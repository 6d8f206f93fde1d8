import { randomUUID } from "node:crypto";
import pg from "pg";
import { database } from "../database.ts";
import { CHANNEL, type Change, readChange } from "./change.ts";

/** How long Postgres may take to answer before the connection counts as lost, ms, and how often it is asked. */
const PATIENCE_MS = 5_000;
const ASK_EVERY_MS = 10_000;

/** A connection that hears what any server changed. */
export interface Listening {
  close(): Promise<void>;
}

/**
 * Listens for changes. Resolves once a note has been heard: through a pooler that lends connections by the transaction
 * LISTEN succeeds, and nothing ever comes. `lost` is called once, when it ends without having been closed.
 */
export async function listen(
  url: string,
  heard: (change: Change) => void,
  lost: (error: unknown) => void,
): Promise<Listening> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: PATIENCE_MS,
    query_timeout: PATIENCE_MS,
    keepAlive: true,
    application_name: "unstuck live",
  });
  const proof = `proof ${randomUUID()}`;
  let isOver = false;
  let asking: NodeJS.Timeout | undefined;
  const proven = Promise.withResolvers<void>();
  proven.promise.catch(() => {});
  const over = (error: unknown) => {
    if (isOver) return;
    isOver = true;
    clearInterval(asking);
    proven.reject(error);
    // A connection that answers no more would be waited for.
    client.end().catch(() => {});
    lost(error);
  };
  client.on("error", over);
  client.on("end", () => over(new Error("the connection was closed")));
  client.on("notification", ({ payload = "" }) => {
    if (payload === proof) proven.resolve();
    else if (!payload.startsWith("proof ")) heard(readChange(payload));
  });
  const patience = setTimeout(() => over(new Error("a note of our own was not heard")), PATIENCE_MS);
  try {
    await client.connect();
    await client.query(`LISTEN ${CHANNEL}`);
    await database().$executeRaw`SELECT pg_notify(${CHANNEL}, ${proof})`;
    await proven.promise;
  } catch (error) {
    over(error);
    throw error;
  } finally {
    clearTimeout(patience);
  }
  // A network that swallows packets closes nothing.
  asking = setInterval(() => void client.query("SELECT 1").catch(over), ASK_EVERY_MS);
  return {
    close: async () => {
      isOver = true;
      clearInterval(asking);
      await client.end().catch(() => {});
    },
  };
}
