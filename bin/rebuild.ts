/** `npm run rebuild`: computes all projections anew from the log, while the server runs or not. */
import { now } from "../lib/server/clock.ts";
import { runCommand } from "../lib/server/command.ts";
import { startEmbeddedPostgres } from "../lib/server/embedded-postgres.ts";
import { readEnv } from "../lib/server/env.ts";
import { rebuild } from "../lib/server/ingest/rebuild.ts";
import { Writer } from "../lib/server/ingest/writer.ts";

await runCommand(async () => {
  const env = readEnv();
  // The server's own Postgres is shared where it runs, and started for the while where it does not.
  const postgres =
    env.DATABASE_URL === undefined
      ? await startEmbeddedPostgres({ dataDir: env.UNSTUCK_DATA_DIR, whenRunning: "share" })
      : undefined;
  const writer = new Writer(postgres?.url ?? env.DATABASE_URL ?? "");
  try {
    let said = 0;
    await rebuild(writer, now(), (done, total) => {
      if (done < total && done - said < 2_000) return;
      said = done;
      console.log(`${done} of ${total} attempts`);
    });
    console.log("Rebuilt. The server judges the runs anew.");
  } finally {
    await writer.close();
    if (postgres?.owned) await postgres.stop();
  }
});
