import { fingerprint } from "./fingerprint.ts";
import { processWide } from "./process-wide.ts";

/** What an answer is made by, from the log to its words. */
const ENGINE = [
  ...["lib/base", "lib/events", "lib/sources", "lib/projections", "lib/diagnosis", "lib/contract"],
  ...["lib/server/ingest", "lib/server/queries", "lib/server/runs"],
];

const holder = () => processWide<{ mark?: string }>("engine-mark", () => ({}));

/**
 * Finds out what this process answers by: a hash of the sources of which it was started. The launcher calls it, once,
 * before anything is answered.
 */
export async function markEngine(): Promise<void> {
  const held = holder();
  held.mark ??= await fingerprint(ENGINE, ["package.json"]);
}

/**
 * What this process answers by: answers of any other engine are not its own. Undefined where that is not known: where
 * Next runs alone, whose build may be of other sources, and while pages reload as their sources are written.
 */
export function engineMark(): string | undefined {
  return holder().mark;
}
