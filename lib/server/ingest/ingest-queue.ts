import { now } from "../clock.ts";
import { database } from "../database.ts";
import { readEnv } from "../env.ts";
import { processWide } from "../process-wide.ts";
import { append } from "./append.ts";
import { CommitQueue } from "./commit-queue.ts";

/** The process's one way into the log. */
export function ingestQueue(): CommitQueue {
  return processWide(
    "ingest-queue",
    () =>
      new CommitQueue({
        commit: (messages, beats) => append(database(), messages, beats, now()),
        lingerMs: readEnv().UNSTUCK_INGEST_LINGER_MS,
        batchItems: 1_000,
        batchBytes: 16 * 1024 ** 2,
        capacityBytes: 128 * 1024 ** 2,
      }),
  );
}
