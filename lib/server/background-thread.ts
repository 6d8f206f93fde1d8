import { setTimeout as sleep } from "node:timers/promises";
import { getHeapStatistics } from "node:v8";
import { Worker } from "node:worker_threads";
import type { Given, Judged, Said } from "./background-jobs.ts";

/** For so long, ms, what is under way may go on once the thread was told to stop: a run of very many nodes takes longer. */
const PATIENCE = 5_000;

export interface BackgroundThreadOptions {
  readonly engine: string | undefined;
  /** Is told of each judgement. */
  readonly judged: (judged: Judged) => void;
  /** Whether events are coming in, for which background work makes room. */
  readonly isBusy: () => boolean;
}

/** A thread that does the work that nobody waits for, so that those who wait never wait for it. */
export class BackgroundThread {
  readonly #worker: Worker;
  readonly #pools: string[] = [];
  readonly #ended: Promise<void>;
  readonly #ready: Promise<void>;

  constructor({ engine, judged, isBusy }: BackgroundThreadOptions) {
    const given: Given = { engine };
    this.#worker = new Worker(new URL("./background-jobs.ts", import.meta.url), {
      workerData: given,
      // What the process may take, a thread of it may take too: the largest runs are judged there.
      resourceLimits: { maxOldGenerationSizeMb: Math.floor(getHeapStatistics().heap_size_limit / 1024 ** 2) },
    });
    this.#ended = new Promise((resolve, reject) => {
      this.#worker.once("error", reject).once("exit", () => resolve());
    });
    this.#ready = new Promise((resolve, reject) => {
      this.#worker.on("message", (said: Said) => {
        if ("pool" in said) this.#pools.push(said.pool);
        else if ("ready" in said) resolve();
        else {
          judged(said.judged);
          said.answer.postMessage(isBusy());
        }
      });
      this.#ended.then(() => reject(new Error("background work ended before it began")), reject);
    });
  }

  /** Settles when it takes jobs; fails where it could not begin. */
  get ready(): Promise<void> {
    return this.#ready;
  }

  /** Settles when it takes no more: it was told to stop, or, failing, its work broke off. */
  get ended(): Promise<void> {
    return this.#ended;
  }

  /** The pools of workers whose jobs it has taken. */
  get pools(): readonly string[] {
    return this.#pools;
  }

  /** Lets it end what is under way, if that does not take long. Gives whether it gave back all that it had taken. */
  async stop(): Promise<boolean> {
    this.#worker.postMessage("stop");
    const left = await Promise.race([
      this.#ended.then(() => true),
      sleep(PATIENCE, false, { ref: false }),
    ]).catch(() => false);
    if (!left) await this.#worker.terminate();
    return left;
  }
}
