import { setTimeout as sleep } from "node:timers/promises";
import { runMigrations } from "graphile-worker";
import { BackgroundThread } from "./background-thread.ts";
import { database, databaseUrl } from "./database.ts";
import { engineMark } from "./engine-mark.ts";
import { readEnv } from "./env.ts";
import { flushAccount } from "./ingest/account.ts";
import { closeWriter, ingestQueue } from "./ingest/ingest-queue.ts";
import { jobLogger } from "./job-logger.ts";
import { settleKeyUses } from "./keys/key-uses.ts";
import { sayListening } from "./listening.ts";
import { markEngine } from "./mark-engine.ts";
import { countVerdictChanges, observeDiagnosis } from "./metrics.ts";
import { processWide } from "./process-wide.ts";
import { reportError } from "./report-error.ts";
import { watchWorkers } from "./worker-watch.ts";

/** The work from when it is begun until it is asked to stop. */
interface Work {
  /** What does it; undefined until it takes jobs. */
  thread?: BackgroundThread;
}

interface Held {
  /** The work under way; undefined where it was not begun, or was asked to stop. */
  work?: Work;
}

const holder = () => processWide<Held>("background", () => ({}));

/** Makes the tables of the job queue. Ingest asks for diagnoses through them, so this comes before the first event. */
export async function prepareJobs(url: string): Promise<void> {
  await runMigrations({ connectionString: url, logger: jobLogger });
}

/**
 * Starts the work that nobody waits for: diagnoses, when events arrived or when time alone may have changed the
 * answer. The launcher calls it once, before the server answers. Any number of servers share the same queue; each
 * job is done by one of them, in a thread of its own.
 */
export async function startBackgroundWork(): Promise<void> {
  const held = holder();
  if (held.work) return;
  const work: Work = {};
  held.work = work;
  await prepareJobs(databaseUrl());
  // While pages reload as their sources are written, what is judged here is not what they would say.
  if (readEnv().NODE_ENV !== "development") await markEngine();
  // Before the first diagnosis: what was missed while no server was there is nobody's silence.
  await sayListening(database());
  await begin(work);
}

/** How long after the work broke off it is begun anew, ms: soon enough, and no burden to a Postgres that recovers. */
const BEGIN_AGAIN_AFTER = 1_000;

/**
 * Begins the work, and begins it anew whenever it breaks off without having been asked to: Postgres was gone for a while,
 * or a run took more memory than there is. That it lives is said by the main thread, which no judgement holds up.
 */
async function begin(work: Work): Promise<void> {
  const thread = new BackgroundThread({
    engine: engineMark(),
    judged: ({ tookMs, changes }) => {
      observeDiagnosis(tookMs);
      countVerdictChanges(changes);
    },
    isBusy: () => ingestQueue().isBusy,
  });
  await thread.ready;
  // Asked to stop while it began.
  if (holder().work !== work) return end(thread);
  work.thread = thread;
  const unwatch = watchWorkers(database(), thread.pools, (error) =>
    reportError("the watch of background work", error),
  );
  thread.ended
    .catch((error: unknown) => {
      if (holder().work === work) reportError("background work broke off, and begins anew", error);
    })
    .then(() => {
      unwatch();
      return beginAgain(work, thread);
    });
}

/** Tries until it is begun, or was asked to stop: Postgres may be gone for long. */
async function beginAgain(work: Work, broken: BackgroundThread): Promise<void> {
  for (;;) {
    await sleep(BEGIN_AGAIN_AFTER, undefined, { ref: false });
    if (holder().work !== work) return;
    try {
      await giveBack(broken);
      return await begin(work);
    } catch {
      // Told already: that it broke off.
    }
  }
}

/** What a thread had taken and could not give back would be kept from all others for hours. */
async function giveBack(thread: BackgroundThread): Promise<void> {
  await database().$executeRaw`SELECT graphile_worker.force_unlock_workers(${[...thread.pools]}::text[])`;
}

async function end(thread: BackgroundThread): Promise<void> {
  if (!(await thread.stop())) await giveBack(thread);
}

/** Stops it and waits until what is under way is done. The launcher calls it before the database goes. */
export async function stopBackgroundWork(): Promise<void> {
  const held = holder();
  await ingestQueue().idle();
  await closeWriter();
  await flushAccount();
  await settleKeyUses();
  const { work } = held;
  delete held.work;
  // Where Postgres is gone already there is nothing to give back to.
  if (work?.thread) await end(work.thread).catch(() => {});
  await database().$disconnect();
}
