import { engineMark, setEngineMark } from "./engine-mark.ts";
import { fingerprint } from "./fingerprint.ts";

/** What an answer is made by, from the log to its words. */
const ENGINE = [
  ...["lib/base", "lib/events", "lib/sources", "lib/projections", "lib/diagnosis", "lib/contract"],
  ...["lib/server/ingest", "lib/server/queries", "lib/server/runs"],
];

/**
 * Finds out what this process answers by: a hash of the sources of which it was started. The launcher calls it, once,
 * before anything is answered.
 */
export async function markEngine(): Promise<void> {
  if (engineMark() === undefined) setEngineMark(await fingerprint(ENGINE, ["package.json"]));
}
