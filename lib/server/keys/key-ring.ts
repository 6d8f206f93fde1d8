import { timingSafeEqual } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Instant } from "../../base/instant.ts";
import type { KeyScope } from "../../contract/keys.ts";

/** How long what was read of the keys is taken for true, ms: a key that is revoked elsewhere opens nothing after that. */
export const KEPT_MS = 5_000;

/** How often the keys are read at most because somebody sent one that is not known, ms. */
const MISS_MS = 250;

/** A key, as the check needs it. */
export interface Key {
  readonly id: string;
  readonly name: string;
  readonly scope: KeyScope;
  readonly hash: string;
  readonly sessionHash: string | null;
  readonly revokedAt: Instant | null;
  readonly lastUsedAt: Instant | null;
}

/**
 * All keys in memory, so that a request costs no query. They are read anew every few seconds while they are asked for,
 * and for a key that is not known: it may have been made a moment ago.
 */
export class KeyRing {
  readonly #load: () => Promise<readonly Key[]>;
  readonly #now: () => number;
  #byHash = new Map<string, Key>();
  /** When the reading began that `#byHash` came of. */
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;
  #readingAgain: Promise<void> | undefined;
  #forgotten = 0;

  /** `now` counts ms, and is never set back. */
  constructor(load: () => Promise<readonly Key[]>, now: () => number = () => performance.now()) {
    this.#load = load;
    this.#now = now;
  }

  /** The key whose hash this is, or the hash of whose session. Throws where the keys cannot be read. */
  async find(hash: string): Promise<Key | undefined> {
    if (this.#now() - this.#readAt >= KEPT_MS) await this.#read();
    const known = this.#get(hash);
    if (known) return known;
    this.#readingAgain ??= this.#readAgain();
    await this.#readingAgain;
    return this.#get(hash);
  }

  /** Has the next request read the keys: one was made or revoked here. */
  forget(): void {
    this.#readAt = Number.NEGATIVE_INFINITY;
    this.#forgotten += 1;
  }

  /**
   * What is looked up is the hash of what was sent: how long that takes says nothing of a key. The hashes themselves
   * are compared in constant time all the same.
   */
  #get(hash: string): Key | undefined {
    const key = this.#byHash.get(hash);
    if (!key) return undefined;
    const sent = Buffer.from(hash);
    const isSame = (own: string | null) => own !== null && timingSafeEqual(Buffer.from(own), sent);
    return isSame(key.hash) || isSame(key.sessionHash) ? key : undefined;
  }

  #read(): Promise<void> {
    this.#reading ??= this.#readNow().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #readNow(): Promise<void> {
    const began = this.#now();
    const forgotten = this.#forgotten;
    const byHash = new Map<string, Key>();
    for (const key of await this.#load()) {
      byHash.set(key.hash, key);
      if (key.sessionHash) byHash.set(key.sessionHash, key);
    }
    this.#byHash = byHash;
    if (forgotten === this.#forgotten) this.#readAt = began;
  }

  /** Reads once for all who wait, from after they came, so that whatever is tried costs four queries a second. */
  async #readAgain(): Promise<void> {
    await sleep(Math.min(MISS_MS, Math.max(0, this.#readAt + MISS_MS - this.#now())));
    while (this.#reading) await this.#reading.catch(() => {});
    this.#readingAgain = undefined;
    await this.#read();
  }
}
