import { Logger, type Runner, run, runMigrations } from "graphile-worker";
import { z } from "zod";
import { database, databaseUrl } from "./database.ts";
import { flushAccount } from "./ingest/account.ts";
import { ingestQueue } from "./ingest/ingest-queue.ts";
import { processWide } from "./process-wide.ts";
import { reportError } from "./report-error.ts";
import { saveDiagnosis } from "./runs/save-diagnosis.ts";

const holder = () => processWide<{ runner?: Runner }>("background", () => ({}));

const payload = z.object({ runId: z.string() });

/** The worker's own chatter is of no use to an operator; what fails is. */
const logger = new Logger(() => (level, message, meta) => {
  if (level === "error") reportError("background work", meta?.["error"] ?? message);
});

/** Makes the tables of the job queue. Ingest asks for diagnoses through them, so this comes before the first event. */
export async function prepareJobs(url: string): Promise<void> {
  await runMigrations({ connectionString: url, logger });
}

/**
 * Starts the work that nobody waits for: diagnoses, when events arrived or when time alone may have changed the
 * answer. The launcher calls it once, before the server answers. Any number of servers share the same queue; each
 * job is done by one of them.
 */
export async function startBackgroundWork(): Promise<void> {
  const held = holder();
  if (held.runner) return;
  const url = databaseUrl();
  await prepareJobs(url);
  held.runner = await run({
    connectionString: url,
    logger,
    concurrency: 2,
    maxPoolSize: 4,
    pollInterval: 500,
    noHandleSignals: true,
    taskList: {
      diagnose: async (given) => {
        const { runId } = payload.parse(given);
        await saveDiagnosis(database(), runId);
      },
    },
  });
}

/** Stops it and waits until what is under way is done. The launcher calls it before the database goes. */
export async function stopBackgroundWork(): Promise<void> {
  const held = holder();
  await ingestQueue().idle();
  await flushAccount();
  await held.runner?.stop();
  delete held.runner;
  await database().$disconnect();
}
