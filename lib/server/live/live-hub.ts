import { toWire } from "../../contract/instant.ts";
import { now } from "../clock.ts";
import { databaseUrl } from "../database.ts";
import { countCutStream, watchStreams } from "../metrics.ts";
import { processWide } from "../process-wide.ts";
import { reportError } from "../report-error.ts";
import type { Change } from "./change.ts";
import { type Listening, listen } from "./listen.ts";
import type { LiveStream } from "./live-stream.ts";

/** The most streams of one process; pages that get none ask every two seconds. */
const MOST_STREAMS = 1_000;
/** How often a stream shows that it is alive, ms: well before a proxy that waits for a word gives up. */
const BEAT_EVERY_MS = 5_000;

/**
 * All streams of the process, fed by one connection that listens. It is made when the first stream wants it, and when
 * it is lost all streams are ended: what was changed meanwhile nobody can tell, so each page connects again and asks
 * for all that it shows. That makes the connection anew.
 */
export class LiveHub {
  readonly #streams = new Set<LiveStream>();
  #listening: Promise<Listening> | undefined;
  #beating: NodeJS.Timeout | undefined;
  #isFailing = false;
  #isClosed = false;

  get streams(): number {
    return this.#streams.size;
  }

  get hasRoom(): boolean {
    return !this.#isClosed && this.#streams.size < MOST_STREAMS;
  }

  /** Listens, if it does not yet. Throws where that cannot be had. */
  async ready(): Promise<void> {
    this.#listening ??= this.#listen();
    await this.#listening;
  }

  /** From now on a stream is told what changes, until it is taken away again. */
  add(stream: LiveStream): void {
    this.#streams.add(stream);
    this.#beating ??= setInterval(() => this.#beat(), BEAT_EVERY_MS);
    stream.beat(toWire(now()));
  }

  remove(stream: LiveStream): void {
    this.#streams.delete(stream);
    if (this.#streams.size > 0) return;
    clearInterval(this.#beating);
    this.#beating = undefined;
  }

  /** Ends all streams, and takes no more: for the shutdown, which waits for answers under way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#endAll();
    const listening = await this.#listening?.catch(() => undefined);
    await listening?.close();
  }

  async #listen(): Promise<Listening> {
    const heard = (change: Change) => this.#tell(change);
    const lost = (error: unknown) => this.#lose(error);
    try {
      const listening = await listen(databaseUrl(), heard, lost);
      this.#isFailing = false;
      return listening;
    } catch (error) {
      this.#lose(error);
      throw error;
    }
  }

  #tell(change: Change): void {
    for (const stream of this.#streams) stream.tell(change);
  }

  #beat(): void {
    const at = toWire(now());
    for (const stream of this.#streams) if (!stream.beat(at)) countCutStream();
  }

  #lose(error: unknown): void {
    this.#listening = undefined;
    // Each page that connects tries it again: told once is enough.
    if (!this.#isFailing && !this.#isClosed) reportError("changes are not heard; pages ask for them", error);
    this.#isFailing = true;
    this.#endAll();
  }

  #endAll(): void {
    for (const stream of this.#streams) {
      stream.end();
      this.remove(stream);
    }
  }
}

/** The process's one. */
export function liveHub(): LiveHub {
  return processWide("live-hub", () => {
    const hub = new LiveHub();
    watchStreams(() => hub.streams);
    return hub;
  });
}
