import type { Accepted, AcceptedBeats } from "./accepted.ts";
import { StoreAwayError } from "./store-away.ts";

/** Thrown where the queue is full: the client should come again. */
export class QueueFullError extends Error {
  constructor() {
    super("more is arriving than can be stored at the moment");
    this.name = "QueueFullError";
  }
}

/** What a beat weighs, about as much as it did in its body. */
const BYTES_PER_BEAT = 200;

type Item = { readonly message: Accepted } | { readonly beats: AcceptedBeats };

interface Waiting {
  readonly items: readonly Item[];
  readonly bytes: number;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

export interface CommitQueueOptions {
  /** Stores all of it in one transaction, or throws and stores none. */
  readonly commit: (messages: readonly Accepted[], beats: readonly AcceptedBeats[]) => Promise<void>;
  /** How long to wait for company, ms. */
  readonly lingerMs: number;
  /** The most that one transaction takes. */
  readonly batchItems: number;
  readonly batchBytes: number;
  /** The most that may wait, in bytes of bodies; beyond it requests are refused. */
  readonly capacityBytes: number;
}

/**
 * Group commit: concurrent requests share a transaction. One transaction runs at a time; what arrives meanwhile
 * forms the next, in no order that matters: what is folded is the same in any. A promise resolves only once its own items are committed.
 */
export class CommitQueue {
  readonly #options: CommitQueueOptions;
  #waiting: Waiting[] = [];
  #bytes = 0;
  #running = false;

  constructor(options: CommitQueueOptions) {
    this.#options = options;
  }

  /** Whether anything is being committed, or waits for it. */
  get isBusy(): boolean {
    return this.#running;
  }

  /** Bodies that wait, in bytes. */
  get depthBytes(): number {
    return this.#bytes;
  }

  /** Messages and requests of beats that wait. */
  get depthItems(): number {
    return this.#waiting.reduce((sum, { items }) => sum + items.length, 0);
  }

  add(items: readonly Item[]): Promise<void> {
    const bytes = items.reduce((sum, item) => sum + weight(item), 0);
    if (this.#bytes > 0 && this.#bytes + bytes > this.#options.capacityBytes)
      return Promise.reject(new QueueFullError());
    this.#bytes += bytes;
    return new Promise((done, failed) => {
      this.#waiting.push({ items, bytes, done, failed });
      if (!this.#running) {
        this.#running = true;
        setTimeout(() => void this.#drain(), this.#options.lingerMs);
      }
    });
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#running) await new Promise((next) => setTimeout(next, 10));
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) await this.#commit(this.#take());
    this.#running = false;
  }

  /**
   * What waited longest, and with it what else there is room for: before all others those of one item, so that an event
   * that was sent alone waits for the transaction under way and no more, however many batches are in line.
   */
  #take(): Waiting[] {
    const [first, ...others] = this.#waiting;
    if (!first) return [];
    const taken = [first];
    let items = first.items.length;
    let bytes = first.bytes;
    const { true: alone = [], false: together = [] } = Object.groupBy(
      others,
      (w) => `${w.items.length === 1}`,
    );
    for (const waiting of [...alone, ...together]) {
      items += waiting.items.length;
      bytes += waiting.bytes;
      if (items > this.#options.batchItems || bytes > this.#options.batchBytes) break;
      taken.push(waiting);
    }
    const isTaken = new Set(taken);
    this.#waiting = this.#waiting.filter((waiting) => !isTaken.has(waiting));
    return taken;
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    try {
      const items = batch.flatMap((w) => w.items);
      await this.#options.commit(
        items.flatMap((i) => ("message" in i ? [i.message] : [])),
        items.flatMap((i) => ("beats" in i ? [i.beats] : [])),
      );
      for (const waiting of batch) this.#settle(waiting);
    } catch (error) {
      const [first, ...rest] = batch;
      if (error instanceof StoreAwayError) {
        for (const waiting of batch) this.#settle(waiting, error);
      } else if (first && rest.length > 0) {
        // One request must not spoil its neighbours': halve until the culprit stands alone.
        const middle = Math.ceil(batch.length / 2);
        await this.#commit(batch.slice(0, middle));
        await this.#commit(batch.slice(middle));
      } else if (first) this.#settle(first, error);
    }
  }

  #settle(waiting: Waiting, error?: unknown): void {
    this.#bytes -= waiting.bytes;
    if (error === undefined) waiting.done();
    else waiting.failed(error);
  }
}

function weight(item: Item): number {
  if ("message" in item) return item.message.size;
  return item.beats.sums.reduce((sum, { beats }) => sum + beats, 0) * BYTES_PER_BEAT;
}
