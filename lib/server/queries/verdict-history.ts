import { type Instant, toIso } from "../../base/instant.ts";
import { toWire } from "../../contract/instant.ts";
import type { VerdictChangeResource, VerdictHistory } from "../../contract/verdict-history.ts";
import { normaliseRunId } from "../../sources/openlineage/run-id.ts";
import { database } from "../database.ts";
import { findRunId } from "../runs/load-run.ts";

/** More than a timeline can show, and soon read. */
const MOST = 2_000;

interface Row {
  position: bigint;
  node_key: string;
  rule: string;
  attempt_id: string;
  change: VerdictChangeResource["change"];
  at: Date;
  since: Date;
  rule_class: VerdictChangeResource["ruleClass"];
  certainty: VerdictChangeResource["certainty"];
  words: string;
  messages: string[];
}

/** When which verdict of a run, or of one of its nodes, was opened, changed and closed. Null where there is no such run. */
export async function readVerdictHistory(
  runId: string,
  { node, at }: { readonly node?: string | undefined; readonly at?: Instant | undefined } = {},
): Promise<VerdictHistory | null> {
  const db = database();
  const asked = normaliseRunId(runId);
  const root = asked === undefined ? undefined : await findRunId(db, asked);
  if (root === undefined) return null;
  const rows = await db.$queryRaw<Row[]>`
    SELECT * FROM verdict_change
    WHERE run_id = ${root} AND (${node ?? null}::text IS NULL OR node_key = ${node ?? null}::text)
      AND at <= ${at === undefined ? "infinity" : toIso(at)}::timestamptz
    ORDER BY position DESC LIMIT ${MOST + 1}`;
  return { runId: root, changes: rows.slice(0, MOST).reverse().map(toResource), cut: rows.length > MOST };
}

function toResource(row: Row): VerdictChangeResource {
  const wire = (at: Date): string => toWire(at.getTime() as Instant);
  return {
    id: String(row.position),
    nodeKey: row.node_key,
    rule: row.rule,
    attemptId: row.attempt_id === "" ? null : row.attempt_id,
    change: row.change,
    at: wire(row.at),
    since: wire(row.since),
    ruleClass: row.rule_class,
    certainty: row.certainty,
    words: row.words,
    messages: row.messages,
  };
}
