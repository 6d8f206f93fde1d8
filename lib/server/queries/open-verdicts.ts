import type { Instant } from "../../base/instant.ts";
import { isThresholdName } from "../../diagnosis/policy.ts";
import type { Certainty, RuleClass } from "../../diagnosis/verdict.ts";
import type { OpenVerdict } from "../../diagnosis/verdict-changes.ts";
import type { Statements } from "../database.ts";

interface Row {
  node_key: string;
  rule: string;
  attempt_id: string;
  rule_class: RuleClass;
  certainty: Certainty;
  since: Date;
  policy: { name: string; value: number }[];
}

/** The verdicts of a run that the last diagnosis left open. */
export async function readOpenVerdicts(db: Statements, runId: string): Promise<OpenVerdict[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT * FROM (
      SELECT DISTINCT ON (node_key, rule, attempt_id)
        node_key, rule, attempt_id, change, rule_class, certainty, since, policy
      FROM verdict_change WHERE run_id = ${runId}
      ORDER BY node_key, rule, attempt_id, position DESC) AS newest
    WHERE change <> 'closed'`;
  return rows.map((row) => ({
    rule: row.rule,
    nodeKey: row.node_key,
    attemptId: row.attempt_id,
    ruleClass: row.rule_class,
    certainty: row.certainty,
    since: row.since.getTime() as Instant,
    policy: row.policy.flatMap(({ name, value }) => (isThresholdName(name) ? [{ name, value }] : [])),
  }));
}
