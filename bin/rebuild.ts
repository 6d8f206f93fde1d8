/** `npm run rebuild`: computes all projections anew from the log, while the server runs or not. */
import { now } from "../lib/server/clock.ts";
import { runCommand } from "../lib/server/command.ts";
import { openDatabase } from "../lib/server/database.ts";
import { startEmbeddedPostgres } from "../lib/server/embedded-postgres.ts";
import { readEnv } from "../lib/server/env.ts";
import { generateClient } from "../lib/server/generate-client.ts";
import { rebuild } from "../lib/server/ingest/rebuild.ts";

await runCommand(async () => {
  await generateClient();
  const env = readEnv();
  // The server's own Postgres is shared where it runs, and started for the while where it does not.
  const postgres =
    env.DATABASE_URL === undefined
      ? await startEmbeddedPostgres({ dataDir: env.UNSTUCK_DATA_DIR, whenRunning: "share" })
      : undefined;
  const db = openDatabase(postgres?.url ?? env.DATABASE_URL ?? "");
  try {
    let said = 0;
    await rebuild(db, now(), (done, total) => {
      if (done < total && done - said < 2_000) return;
      said = done;
      console.log(`${done} of ${total} attempts`);
    });
    console.log("Rebuilt. The server judges the runs anew.");
  } finally {
    await db.$disconnect();
    if (postgres?.owned) await postgres.stop();
  }
});
