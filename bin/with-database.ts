import { type Database, openDatabase } from "../lib/server/database.ts";
import { startEmbeddedPostgres } from "../lib/server/embedded-postgres.ts";
import { readEnv } from "../lib/server/env.ts";
import { bringUpToDate } from "./bring-up-to-date.ts";

/**
 * Does work on the server's database, whether the server runs or not: its own Postgres is shared where it runs, and
 * started for the while where it does not. The database is brought up to date first, as a start of the server would.
 */
export async function withDatabase(work: (db: Database, url: string) => Promise<void>): Promise<void> {
  const env = readEnv();
  const postgres =
    env.DATABASE_URL === undefined
      ? await startEmbeddedPostgres({ dataDir: env.UNSTUCK_DATA_DIR, whenRunning: "share" })
      : undefined;
  const url = postgres?.url ?? env.DATABASE_URL ?? "";
  try {
    await bringUpToDate(url);
    const db = openDatabase(url);
    await work(db, url).finally(() => db.$disconnect());
  } finally {
    if (postgres?.owned) await postgres.stop();
  }
}
