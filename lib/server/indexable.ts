import { createHash } from "node:crypto";

/** The longest name that is kept whole in an indexed column, in characters. */
const LONGEST = 300;

/**
 * A name as an indexed column can hold it: Postgres refuses index entries over 2.7 kB, and names come as long as
 * producers like. A longer one keeps its beginning, and is told from others by a hash. A character that is cut in two is
 * replaced, as a text column does by itself and JSON does not.
 */
export function indexable(name: string): string {
  if (name.length <= LONGEST) return name;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 16);
  return `${name.slice(0, LONGEST - hash.length - 1).toWellFormed()}~${hash}`;
}
