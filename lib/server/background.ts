import { EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Logger, type Runner, run, runMigrations, type WorkerEvents } from "graphile-worker";
import { z } from "zod";
import { database, databaseUrl } from "./database.ts";

import { readEnv } from "./env.ts";
import { flushAccount } from "./ingest/account.ts";
import { closeWriter, ingestQueue } from "./ingest/ingest-queue.ts";
import { settleKeyUses } from "./keys/key-uses.ts";
import { sayListening } from "./listening.ts";
import { markEngine } from "./mark-engine.ts";
import { processWide } from "./process-wide.ts";
import { reportError } from "./report-error.ts";
import { saveDiagnosis } from "./runs/save-diagnosis.ts";
import { watchWorkers } from "./worker-watch.ts";

interface Held {
  /** The work under way; undefined where it was not begun, or was asked to stop. */
  runner?: Runner;
}

const holder = () => processWide<Held>("background", () => ({}));

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
  // While pages reload as their sources are written, what is judged here is not what they would say.
  if (readEnv().NODE_ENV !== "development") await markEngine();
  // Before the first diagnosis: what was missed while no server was there is nobody's silence.
  await sayListening(database());
  await keepRunning(held, url);
}

/** How long after the work broke off it is begun anew, ms: soon enough, and no burden to a Postgres that recovers. */
const BEGIN_AGAIN_AFTER = 1_000;

/**
 * Runs the work, after `broken` broke off or for the first time, and again whenever it breaks off without having been
 * asked to: Postgres was gone for a while.
 */
async function keepRunning(held: Held, url: string, broken?: Runner): Promise<void> {
  const pools: string[] = [];
  const events: WorkerEvents = new EventEmitter();
  events.on("pool:create", ({ workerPool }) => pools.push(workerPool.id));
  const runner = await runJobs(url, events);
  // Asked to stop while it began.
  if (held.runner !== broken) return runner.stop();
  held.runner = runner;
  const unwatch = watchWorkers(database(), pools, (error) =>
    reportError("the watch of background work", error),
  );
  const again = async (): Promise<void> => {
    unwatch();
    await sleep(BEGIN_AGAIN_AFTER, undefined, { ref: false });
    if (held.runner !== runner) return;
    try {
      // What it had taken and could not give back would be kept from all others for hours.
      await database().$executeRaw`SELECT graphile_worker.force_unlock_workers(${pools}::text[])`;
      await keepRunning(held, url, runner);
    } catch {
      await again();
    }
  };
  runner.promise.then(again, again);
}

/**
 * While events are coming in, a worker rests for so many times as long as a diagnosis took: producers wait for their
 * answers, and give up; a list that is told of a change some moments later is none the worse. Two workers then take a
 * fifth of one core, whatever the number of runs.
 */
const REST_TIMES = 9;
const LONGEST_REST_MS = 1_000;

function runJobs(url: string, events: WorkerEvents): Promise<Runner> {
  return run({
    connectionString: url,
    events,
    logger,
    // Only in batches, of what ends in the same turn, is an end that cannot be written no rejection that ends the process.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    concurrency: 2,
    maxPoolSize: 4,
    pollInterval: 500,
    noHandleSignals: true,
    taskList: {
      diagnose: async (given) => {
        const { runId } = payload.parse(given);
        const began = performance.now();
        await saveDiagnosis(database(), runId);
        if (ingestQueue().isBusy)
          await sleep(Math.min(REST_TIMES * (performance.now() - began), LONGEST_REST_MS));
      },
    },
  });
}

/** Stops it and waits until what is under way is done. The launcher calls it before the database goes. */
export async function stopBackgroundWork(): Promise<void> {
  const held = holder();
  await ingestQueue().idle();
  await closeWriter();
  await flushAccount();
  await settleKeyUses();
  const { runner } = held;
  delete held.runner;
  // One that broke off has stopped already, and says so by throwing.
  await runner?.stop().catch(() => {});
  await database().$disconnect();
}
