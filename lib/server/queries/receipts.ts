import type { Instant } from "../../base/instant.ts";
import { toWire } from "../../contract/instant.ts";
import type { RunReceipts } from "../../contract/receipts.ts";
import { normaliseRunId } from "../../sources/openlineage/run-id.ts";
import { now } from "../clock.ts";
import { database } from "../database.ts";
import { findRunId } from "../runs/load-run.ts";

/** More than a slider has pixels for each of them to be told apart. */
const MOST = 400;

/** When the messages of a run were received. Null where there is no such run. */
export async function readReceipts(runId: string): Promise<RunReceipts | null> {
  const db = database();
  const asked = normaliseRunId(runId);
  const root = asked === undefined ? undefined : await findRunId(db, asked);
  if (root === undefined) return null;
  const at = now();
  // By number and not by time, so that each part holds as much change as the others.
  const rows = await db.$queryRaw<{ at: Date; messages: number }[]>`
    SELECT max(at) AS at, sum(messages)::int AS messages FROM (
      SELECT m.received_at AS at, count(*) AS messages, ntile(${MOST}) OVER (ORDER BY m.received_at) AS part
      FROM attempt a JOIN message m ON m.attempt_id = a.id
      WHERE a.run_id = ${root} GROUP BY m.received_at) AS receipt
    GROUP BY part ORDER BY part`;
  return {
    receipts: rows.map((row) => ({ at: toWire(row.at.getTime() as Instant), messages: row.messages })),
    at: toWire(at),
  };
}
