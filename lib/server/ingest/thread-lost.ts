import { errorWords } from "../../base/error-words.ts";

/** Thrown where a thread that reads batches ended before it had read what it was given. */
export class ThreadLostError extends Error {
  constructor(cause: unknown) {
    super(`a thread that reads batches ended: ${errorWords(cause)}`, { cause });
    this.name = "ThreadLostError";
  }
}
