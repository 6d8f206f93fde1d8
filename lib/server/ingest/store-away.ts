import { errorWords } from "../../base/error-words.ts";

/**
 * Thrown where the store cannot be reached: what was to be stored is not to blame, and parts of it would fare no better.
 * The operator was told of it (`ingest-queue.ts`).
 */
export class StoreAwayError extends Error {
  constructor(cause: unknown) {
    super(`the store cannot be reached: ${errorWords(cause)}`, { cause });
    this.name = "StoreAwayError";
  }
}
