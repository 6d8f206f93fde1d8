interface Bucket {
  tokens: number;
  at: number;
}

/**
 * A bucket of tokens for each key (`at` counts ms and is never set back), filled at a steady rate up to a brim. A request is let in while there is a token,
 * and pays afterwards for what it was found to hold: the bucket may then be in debt, and the next one waits.
 */
export class TokenBuckets {
  readonly #perSecond: number;
  readonly #burst: number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(perSecond: number, burst: number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
  }

  /** Takes a token: 0. Where there is none: in how many seconds there will be. */
  take(id: string, at: number): number {
    const bucket = this.#bucket(id, at);
    if (bucket.tokens < 1) return Math.max(1, Math.ceil((1 - bucket.tokens) / this.#perSecond));
    bucket.tokens -= 1;
    return 0;
  }

  /** Takes more tokens, be they there or not. */
  charge(id: string, tokens: number, at: number): void {
    this.#bucket(id, at).tokens -= tokens;
  }

  #bucket(id: string, at: number): Bucket {
    const bucket = this.#buckets.get(id) ?? { tokens: this.#burst, at };
    const seconds = (at - bucket.at) / 1000;
    bucket.tokens = Math.min(this.#burst, bucket.tokens + seconds * this.#perSecond);
    bucket.at = at;
    this.#buckets.set(id, bucket);
    return bucket;
  }
}
