import { z } from "zod";
import type { Topic } from "../../contract/live.ts";

/** The channel of Postgres on which servers tell each other what they changed. */
export const CHANNEL = "unstuck_changed";

/** Postgres refuses notes of 8,000 bytes and more. */
const MOST_BYTES = 7_900;

/** What was changed: its topics, or more than a note can name. */
export type Change = ReadonlySet<string> | "many";

const note = z.union([z.literal("many"), z.array(z.string())]);

/** A change as a note of Postgres. */
export function writeChange(topics: Iterable<Topic>): string {
  const text = JSON.stringify([...new Set(topics)]);
  return Buffer.byteLength(text) > MOST_BYTES ? '"many"' : text;
}

/** A note of Postgres as a change. What another version of us may have written, and we cannot read, is many. */
export function readChange(payload: string): Change {
  try {
    const topics = note.parse(JSON.parse(payload));
    if (topics === "many") return topics;
    // Whoever shows all sources shows each of them.
    return new Set(topics.some((topic) => topic.startsWith("source:")) ? [...topics, "sources"] : topics);
  } catch {
    return "many";
  }
}
