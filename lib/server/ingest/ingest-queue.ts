import { now } from "../clock.ts";
import { database } from "../database.ts";
import { readEnv } from "../env.ts";
import { observeCommit, watchQueue } from "../metrics.ts";
import { processWide } from "../process-wide.ts";
import { countCommitted } from "./account.ts";
import { append } from "./append.ts";
import { CommitQueue } from "./commit-queue.ts";

/** The process's one way into the log. */
export function ingestQueue(): CommitQueue {
  return processWide("ingest-queue", () => {
    const queue = new CommitQueue({
      commit: async (messages, beats) => {
        const began = performance.now();
        const fresh = await append(database(), messages, beats, now());
        observeCommit(performance.now() - began, messages.length + beats.length);
        countCommitted(messages, fresh, beats);
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
