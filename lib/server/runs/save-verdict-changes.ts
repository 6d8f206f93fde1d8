import { type Instant, toIso } from "../../base/instant.ts";
import type { VerdictChange } from "../../diagnosis/verdict-changes.ts";
import type { Statements } from "../database.ts";
import { Prisma } from "../prisma/client.ts";

/** Of so many messages that came in between the ids are kept: enough to see what did it. */
const MOST_MESSAGES = 20;

/** Where the log ends, and the horizon (see readHorizon). Who asks before reading a run has read all up to there. */
export async function endOfLog(db: Statements): Promise<{ position: bigint; horizon: bigint }> {
  const rows = await db.$queryRaw<{ position: bigint; horizon: bigint }[]>`
    SELECT COALESCE(max(position), 0) AS position, pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS horizon
    FROM message`;
  const [row] = rows;
  if (!row) throw new Error("the database did not say where the log ends");
  return row;
}

/**
 * Appends what a diagnosis said otherwise than the one before, with the run's messages that came since the position that
 * was read then: a part of a statement, for the run that `stored` holds, if it holds one.
 */
export function appendVerdictChanges(
  at: Instant,
  changes: readonly VerdictChange[],
  from: bigint,
  stored: Prisma.Sql,
): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO verdict_change (run_id, node_key, rule, attempt_id, change, at, since, rule_class, certainty, words,
      policy, from_position, to_position, messages)
    SELECT stored.id, c.*, ${from}::bigint, log.ends, ARRAY(
      SELECT m.id FROM attempt a CROSS JOIN LATERAL (
        SELECT id, position FROM message
        WHERE attempt_id = a.id AND position > ${from} AND position <= log.ends
        ORDER BY position DESC LIMIT ${MOST_MESSAGES}) AS m
      WHERE a.run_id = stored.id ORDER BY m.position DESC LIMIT ${MOST_MESSAGES})
    FROM ${stored} AS stored, (SELECT COALESCE(max(position), 0) AS ends FROM message) AS log, unnest(
      ${changes.map((c) => c.nodeKey)}::text[], ${changes.map((c) => c.rule)}::text[],
      ${changes.map((c) => c.attemptId)}::text[], ${changes.map((c) => c.change)}::text[],
      ${changes.map(() => toIso(at))}::timestamptz[], ${changes.map((c) => toIso(c.since))}::timestamptz[],
      ${changes.map((c) => c.ruleClass)}::text[], ${changes.map((c) => c.certainty)}::text[],
      ${changes.map((c) => c.words)}::text[], ${changes.map((c) => JSON.stringify(c.policy))}::jsonb[]) AS c`;
}
