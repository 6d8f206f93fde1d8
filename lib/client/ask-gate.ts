/** The rest between two questions, ms: twice as long as the answer took, within these. */
const SHORTEST_REST_MS = 200;
const LONGEST_REST_MS = 15_000;

/**
 * Asks when something changed: at once, but not again while it asks, nor so often that the page would do nothing
 * else. What changes meanwhile is asked for together, afterwards.
 */
export class AskGate {
  readonly #ask: () => Promise<unknown>;
  /** The question under way or rested from, if any; an earlier one that still runs does not count. */
  #turn: object | undefined;
  #isAskedAgain = false;

  constructor(ask: () => Promise<unknown>) {
    this.#ask = ask;
  }

  /** Something changed. */
  change(): void {
    if (this.#turn) this.#isAskedAgain = true;
    else void this.now();
  }

  /** Asks at once, whatever is under way: it may wait for a server that was gone. */
  async now(): Promise<void> {
    const turn = {};
    this.#turn = turn;
    this.#isAskedAgain = false;
    const began = performance.now();
    await this.#ask().catch(() => {});
    const rest = Math.min(LONGEST_REST_MS, Math.max(SHORTEST_REST_MS, 2 * (performance.now() - began)));
    await new Promise((rested) => setTimeout(rested, rest));
    if (this.#turn !== turn) return;
    this.#turn = undefined;
    if (this.#isAskedAgain) void this.now();
  }

  /** Asks no more. */
  close(): void {
    this.#turn = {};
  }
}
