/**
 * Thrown where the store cannot be reached: what was to be stored is not to blame, and parts of it would fare no better.
 * The operator was told of it (`ingest-queue.ts`).
 */
export class StoreAwayError extends Error {
  constructor(cause: unknown) {
    super(`the store cannot be reached: ${reasonOf(cause)}`, { cause });
    this.name = "StoreAwayError";
  }
}

/** Where a name has several addresses, none of which answers, Node's error has a code and no message. */
function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message || String(Reflect.get(cause, "code")) : String(cause);
}
