import type { Writable } from "node:stream";
import type { Topic } from "../../contract/live.ts";
import type { Change } from "./change.ts";

/** A page asks anew for what changed; more often than this it could not follow, ms. */
const TELL_EVERY_MS = 250;

/**
 * One reader of changes: what it follows, and where it is written to. A burst is told at once, and then together. It
 * holds at most its own topics, however slow its reader is; one that takes nothing between two beats is cut off.
 */
export class LiveStream {
  readonly topics: ReadonlySet<Topic>;
  readonly #out: Writable;
  readonly #changed = new Set<Topic>();
  #resting: NodeJS.Timeout | undefined;
  #wasFull = false;

  constructor(out: Writable, topics: readonly Topic[]) {
    this.#out = out;
    this.topics = new Set(topics);
    out.once("close", () => clearTimeout(this.#resting));
  }

  /** Notes what changed of what it follows, and tells it. */
  tell(change: Change): void {
    for (const topic of this.topics) if (change === "many" || change.has(topic)) this.#changed.add(topic);
    if (this.#resting === undefined) this.#flush();
  }

  /** Shows that the stream is alive. False where its reader has fallen behind, and was cut off. */
  beat(at: string): boolean {
    const isFull = this.#out.writableNeedDrain;
    if (isFull && this.#wasFull) {
      this.#out.destroy();
      return false;
    }
    this.#wasFull = isFull;
    if (!isFull) this.#write("beat", { at });
    return true;
  }

  /** Ends it: its reader connects again, and asks for all that it shows. */
  end(): void {
    clearTimeout(this.#resting);
    this.#out.end();
  }

  #flush(): void {
    this.#resting = undefined;
    if (this.#changed.size === 0 || this.#out.destroyed) return;
    if (!this.#out.writableNeedDrain) {
      this.#write("changed", { topics: [...this.#changed] });
      this.#changed.clear();
    }
    this.#resting = setTimeout(() => this.#flush(), TELL_EVERY_MS);
  }

  #write(event: string, data: object): void {
    if (this.#out.writable) this.#out.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }
}
