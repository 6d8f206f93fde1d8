import { OPEN_STATES } from "../../contract/diagnosis.ts";
import { toWire } from "../../contract/instant.ts";
import type { AttentionList } from "../../contract/runs.ts";
import { now } from "../clock.ts";
import { database } from "../database.ts";
import { type RunRow, rowToSummary } from "./run-row.ts";

/** How many rows a person can take in; the rest is in the list below, by filter. */
const MOST = 30;

/** The open runs that need a person, worst first, and how many there are in all. */
export async function readAttention(): Promise<AttentionList> {
  const db = database();
  const [rows, counts] = await Promise.all([
    db.$queryRaw<RunRow[]>`
      SELECT * FROM run WHERE severity > 0
      ORDER BY severity DESC, (certainty = 'proven') DESC NULLS LAST, holds DESC, since ASC NULLS LAST, id
      LIMIT ${MOST}`,
    db.$queryRaw<{ attention: number; open: number; empty: boolean }[]>`
      SELECT (SELECT count(*) FROM run WHERE severity > 0)::int AS attention,
        (SELECT count(*) FROM run WHERE state = ANY(${OPEN_STATES}::text[]))::int AS open,
        NOT EXISTS (SELECT FROM run) AS empty`,
  ]);
  const { attention = 0, open = 0, empty = true } = counts[0] ?? {};
  return { runs: rows.map(rowToSummary), attention, open, empty, at: toWire(now()) };
}
