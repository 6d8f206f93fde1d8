/**
 * The thread of background work (`background-thread.ts`): takes jobs from the queue and judges runs, beside the thread
 * that answers. It lives until it is told to stop, or its work breaks off.
 */
import { EventEmitter, once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { MessageChannel, type MessagePort, parentPort, workerData } from "node:worker_threads";
import { run, type WorkerEvents } from "graphile-worker";
import { z } from "zod";
import { type Database, databaseUrl, openDatabase } from "./database.ts";
import { setEngineMark } from "./engine-mark.ts";
import { jobLogger } from "./job-logger.ts";
import { saveDiagnosis } from "./runs/save-diagnosis.ts";
import { standBehind } from "./stand-behind.ts";

/** What the thread is given as it begins. */
export interface Given {
  /** By what it answers: see engine-mark.ts. */
  readonly engine: string | undefined;
}

/** What the thread says of itself. */
export type Said =
  /** It has a pool of workers, whose jobs are given back where nothing more is heard of it. */
  | { readonly pool: string }
  /** It takes jobs. */
  | { readonly ready: true }
  /** It has judged a run. Whether events are coming in is to be answered at the port. */
  | { readonly judged: Judged; readonly answer: MessagePort };

/** What is counted of a judgement. */
export interface Judged {
  readonly tookMs: number;
  readonly changes: readonly { readonly rule: string; readonly change: string }[];
}

/**
 * While events are coming in, a worker rests for so many times as long as a diagnosis took: producers wait for their
 * answers, and give up; a list that is told of a change some moments later is none the worse. Two workers then take a
 * fifth of one core, whatever the number of runs.
 */
const REST_TIMES = 9;
const LONGEST_REST_MS = 1_000;

/** Two judgements at once: each holds one connection for its lock, and reads by what others there are. */
const CONNECTIONS = 8;

const payload = z.object({ runId: z.string() });

if (parentPort) await work(parentPort);

async function work(main: MessagePort): Promise<void> {
  const { engine } = workerData as Given;
  setEngineMark(engine);
  standBehind();
  const say = (said: Said) => main.postMessage(said, "answer" in said ? [said.answer] : []);
  const events: WorkerEvents = new EventEmitter();
  events.on("pool:create", ({ workerPool }) => say({ pool: workerPool.id }));
  const url = databaseUrl();
  const db = openDatabase(url, CONNECTIONS);
  const runner = await run({
    connectionString: url,
    events,
    logger: jobLogger,
    // Only in batches, of what ends in the same turn, is an end that cannot be written no rejection that ends the thread.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    concurrency: 2,
    maxPoolSize: 4,
    pollInterval: 500,
    noHandleSignals: true,
    taskList: {
      diagnose: async (given) => {
        const { runId } = payload.parse(given);
        const began = performance.now();
        if (await judge(db, runId, say))
          await sleep(Math.min(REST_TIMES * (performance.now() - began), LONGEST_REST_MS));
      },
    },
  });
  main.once("message", () => void runner.stop().catch(() => {}));
  say({ ready: true });
  // Where it breaks off, so does the thread, by throwing.
  await runner.promise;
  await db.$disconnect();
  main.close();
}

/**
 * Judges a run, and says so; gives whether events are coming in. Of the run nothing is held when it is done: whoever rests then
 * leaves the memory to the other worker.
 */
async function judge(db: Database, runId: string, say: (said: Said) => void): Promise<boolean> {
  const saved = await saveDiagnosis(db, runId);
  if (!saved) return false;
  const { port1, port2 } = new MessageChannel();
  const changes = saved.changes.map(({ rule, change }) => ({ rule, change }));
  say({ judged: { tookMs: saved.watched.took, changes }, answer: port2 });
  const [busy] = await once(port1, "message");
  port1.close();
  return busy === true;
}
