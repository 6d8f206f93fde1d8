import { getPriority, setPriority } from "node:os";

/** How far a thread stands behind others where all want to run: it is given a third of what they are, as Linux weighs it. */
const BEHIND = 5;
const LAST = 19;

/**
 * Lets the thread that calls it stand behind all others: what the main thread and Postgres do is waited for by everyone.
 * Linux does this to the one thread that asks; elsewhere it would be the whole process, and nothing is done.
 */
export function standBehind(): void {
  if (process.platform !== "linux") return;
  try {
    setPriority(Math.min(getPriority() + BEHIND, LAST));
  } catch {
    // Where that is forbidden it works as one among others.
  }
}
