import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { readEnv } from "../env.ts";
import { processWide } from "../process-wide.ts";
import { unpackPart } from "./packed-part.ts";
import type { Done, Order } from "./part-reader.ts";
import { readHere } from "./read-here.ts";
import type { Part, PartRead } from "./read-part.ts";
import { ThreadLostError } from "./thread-lost.ts";

/** Below so many bytes it takes less time to read than to hand over. */
const WORTH_IT = 64 * 1024;
/** A thread with nothing to read ends after this, ms: it holds 50 MB or so. */
const IDLE_MS = 60_000;
/**
 * More threads than this would read more than one transaction at a time can store. Two on two cores, too: they take what
 * the main thread and Postgres leave of either, and no more, since they stand behind them (`part-reader.ts`).
 */
const MOST_BY_DEFAULT = 2;

/**
 * Reads batches beside the main thread, which meanwhile folds, and answers others. Threads are started when there is
 * something for them to do. One that dies takes with it what it was given, and no more: the next part gets a new one.
 */
export class BatchThreads {
  readonly #most: number;
  readonly #file: URL;
  #threads: Thread[] = [];

  constructor(most: number, file = new URL("./part-reader.ts", import.meta.url)) {
    this.#most = most;
    this.#file = file;
  }

  read(part: Part): Promise<PartRead> {
    if (this.#most === 0 || part.bytes.length < WORTH_IT) return readHere(part);
    return this.#leastBusy().read(part);
  }

  /** Ends all threads; what they were given fails. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.end()));
  }

  #leastBusy(): Thread {
    const [least] = this.#threads.toSorted((a, b) => a.pending - b.pending);
    if (least && (least.pending === 0 || this.#threads.length >= this.#most)) return least;
    const made = new Thread(this.#file, () => {
      this.#threads = this.#threads.filter((thread) => thread !== made);
    });
    this.#threads.push(made);
    return made;
  }
}

/** The threads of this process: two where there is a second core, unless the environment says how many. */
export function batchThreads(): BatchThreads {
  return processWide("batch-threads", () => {
    const usual = availableParallelism() > 1 ? MOST_BY_DEFAULT : 0;
    return new BatchThreads(readEnv().UNSTUCK_BATCH_THREADS ?? usual);
  });
}

interface Waiting {
  readonly done: (read: PartRead) => void;
  readonly failed: (error: unknown) => void;
}

class Thread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #gone: () => void;
  #given = 0;
  #idle: NodeJS.Timeout | undefined;

  constructor(file: URL, gone: () => void) {
    this.#gone = gone;
    this.#worker = new Worker(file);
    // Whoever waits for an answer holds the process; a thread without work does not.
    this.#worker.unref();
    this.#worker.on("message", (done: Done) => this.#settle(done));
    this.#worker.once("error", (error) => this.#lose(error));
    this.#worker.once("exit", (code) => this.#lose(new Error(`exit code ${code}`)));
  }

  /** Parts that it was given and has not read. */
  get pending(): number {
    return this.#waiting.size;
  }

  read(part: Part): Promise<PartRead> {
    clearTimeout(this.#idle);
    this.#given += 1;
    const order: Order = { number: this.#given, part };
    return new Promise((done, failed) => {
      this.#waiting.set(order.number, { done, failed });
      this.#worker.postMessage(order, [part.bytes.buffer]);
    });
  }

  async end(): Promise<void> {
    // From now on nothing more is given to it.
    this.#gone();
    await this.#worker.terminate();
  }

  #settle(done: Done): void {
    const waiting = this.#waiting.get(done.number);
    this.#waiting.delete(done.number);
    if ("packed" in done) waiting?.done(unpackPart(done.packed));
    else waiting?.failed(done.failed);
    if (this.pending === 0) this.#idle = setTimeout(() => void this.end(), IDLE_MS).unref();
  }

  #lose(cause: unknown): void {
    clearTimeout(this.#idle);
    this.#gone();
    for (const { failed } of this.#waiting.values()) failed(new ThreadLostError(cause));
    this.#waiting.clear();
  }
}
