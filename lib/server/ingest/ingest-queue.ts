import { now } from "../clock.ts";
import { databaseUrl } from "../database.ts";
import { readEnv } from "../env.ts";
import { observeCommit, watchQueue } from "../metrics.ts";
import { processWide } from "../process-wide.ts";
import { reportError } from "../report-error.ts";
import { countCommitted } from "./account.ts";
import { append } from "./append.ts";
import { CommitQueue } from "./commit-queue.ts";
import { StoreAwayError } from "./store-away.ts";
import { Writer } from "./writer.ts";

const writer = () => processWide("ingest-writer", () => new Writer(databaseUrl()));

/** Lets go of the connection that ingest writes by, once nothing waits any more. */
export async function closeWriter(): Promise<void> {
  await writer().close();
}

/** The process's one way into the log. */
export function ingestQueue(): CommitQueue {
  return processWide("ingest-queue", () => {
    let isAway = false;
    const queue = new CommitQueue({
      commit: async (messages, beats) => {
        const began = performance.now();
        const stored = await append(writer(), messages, beats, now()).catch((error: unknown) => {
          // Each producer that tries again hears of it; for the operator once is enough, until it is back.
          if (error instanceof StoreAwayError && !isAway)
            reportError("events and beats cannot be stored", error);
          isAway ||= error instanceof StoreAwayError;
          throw error;
        });
        isAway = false;
        observeCommit(performance.now() - began, messages.length + beats.length);
        countCommitted(messages, stored);
      },
      lingerMs: readEnv().UNSTUCK_INGEST_LINGER_MS,
      batchItems: 1_000,
      batchBytes: 16 * 1024 ** 2,
      capacityBytes: 128 * 1024 ** 2,
    });
    watchQueue(() => ({ items: queue.depthItems, bytes: queue.depthBytes }));
    return queue;
  });
}
