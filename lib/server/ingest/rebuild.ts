import type { Instant } from "../../base/instant.ts";
import { foldIn } from "./append.ts";
import { byAttempt, mentioned } from "./fold-attempts.ts";
import { lockIngest } from "./lock-ingest.ts";
import { type Logged, loggedEvents } from "./logged-events.ts";
import { readAttempts } from "./read-attempts.ts";
import { touchRuns } from "./touch-runs.ts";
import type { Statement, Writer } from "./writer.ts";

/** Attempts of one transaction: few enough that ingest waits for no more than a moment. */
const PAGE = 200;

const COUNT: Statement = {
  name: "count-attempts",
  text: "SELECT count(DISTINCT attempt_id)::int AS total FROM message",
};

const NEXT: Statement = {
  name: "next-attempts",
  text: "SELECT DISTINCT attempt_id AS id FROM message WHERE attempt_id > $1 ORDER BY 1 LIMIT $2",
};

const MESSAGES: Statement = {
  name: "messages-of-attempts",
  text: "SELECT id, received_at, body FROM message WHERE attempt_id = ANY($1::text[])",
};

/**
 * Computes every attempt anew from its messages, and its place in its tree, while the server goes on; the runs are
 * then judged by the background work. Beats that came by the heartbeats endpoint are no messages: they stay as they
 * are. `onProgress` hears how many attempts are done, of how many.
 */
export async function rebuild(
  writer: Writer,
  at: Instant,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const [counted] = await writer.transaction((session) => session.query<{ total: number }>(COUNT, []));
  let done = 0;
  for (let after = ""; ; ) {
    const start = after;
    const ids = await writer.transaction(async (session) => {
      await lockIngest(session);
      const page = await session.query<{ id: string }>(NEXT, [start, PAGE]);
      const ids = page.map((row) => row.id);
      if (ids.length === 0) return ids;
      const events = (await session.query<Logged>(MESSAGES, [ids])).flatMap(loggedEvents);
      const own = [...byAttempt(events).keys()];
      const named = [...mentioned(events).keys()].filter((id) => !own.includes(id));
      const known = await readAttempts(session, own, named);
      await touchRuns(session, await foldIn(session, { events, sums: new Map(), known }, "beginning"), at);
      return ids;
    });
    const last = ids.at(-1);
    if (last === undefined) return;
    done += ids.length;
    onProgress(done, counted?.total ?? done);
    after = last;
  }
}
