import type { Instant } from "../../base/instant.ts";
import type { Event } from "../../events/event.ts";
import type { Database } from "../database.ts";
import { touchRuns } from "./append.ts";
import { foldAttempts } from "./fold-attempts.ts";
import { lockIngest } from "./lock-ingest.ts";
import { resolveRuns } from "./resolve-runs.ts";

/** Attempts of one transaction: few enough that ingest waits for no more than a moment. */
const PAGE = 200;

/**
 * Computes every attempt anew from its messages, and its place in its tree, while the server goes on; the runs are
 * then judged by the background work. Beats that came by the heartbeats endpoint are no messages: they stay as they
 * are. `onProgress` hears how many attempts are done, of how many.
 */
export async function rebuild(
  db: Database,
  at: Instant,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const [counted] = await db.$queryRaw<{ total: number }[]>`
    SELECT count(DISTINCT attempt_id)::int AS total FROM message`;
  let done = 0;
  for (let after = ""; ; ) {
    const page = await db.$queryRaw<{ id: string }[]>`
      SELECT DISTINCT attempt_id AS id FROM message WHERE attempt_id > ${after} ORDER BY 1 LIMIT ${PAGE}`;
    const last = page.at(-1);
    if (!last) return;
    const ids = page.map((row) => row.id);
    await db.$transaction(
      async (tx) => {
        await lockIngest(tx);
        const rows = await tx.$queryRaw<{ events: Event[] }[]>`
          SELECT events FROM message WHERE attempt_id = ANY(${ids}::text[])`;
        const events = rows.flatMap((row) => row.events);
        const { touched } = await foldAttempts(tx, events, "beginning");
        const { runs, gone } = await resolveRuns(tx, touched);
        await touchRuns(tx, runs, gone, at);
      },
      { timeout: 120_000, maxWait: 60_000 },
    );
    done += ids.length;
    onProgress(done, counted?.total ?? done);
    after = last.id;
  }
}
