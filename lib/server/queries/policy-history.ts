import type { Instant } from "../../base/instant.ts";
import { toWire } from "../../contract/instant.ts";
import type { PolicyHistory } from "../../contract/policy.ts";
import { database } from "../database.ts";

const PAGE = 50;

interface Row {
  position: bigint;
  at: Date;
  who: string;
  threshold: string;
  pipeline: string;
  node: string;
  value: number | null;
  before: number | null;
  note: string;
}

/** Who changed which threshold when, newest first; behind the `cursor` of the page before. */
export async function readPolicyHistory(cursor?: string): Promise<PolicyHistory> {
  const behind = cursor === undefined ? null : BigInt(cursor);
  const rows = await database().$queryRaw<Row[]>`
    SELECT c.*, (
      SELECT p.value FROM policy_change p
      WHERE p.threshold = c.threshold AND p.pipeline = c.pipeline AND p.node = c.node AND p.position < c.position
      ORDER BY p.position DESC LIMIT 1) AS before
    FROM policy_change c WHERE ${behind}::bigint IS NULL OR c.position < ${behind}::bigint
    ORDER BY c.position DESC LIMIT ${PAGE + 1}`;
  const page = rows.slice(0, PAGE);
  const last = page.at(-1);
  return {
    changes: page.map(({ position, at, node, who, threshold, pipeline, value, before, note }) => ({
      ...{
        id: String(position),
        who,
        threshold,
        pipeline,
        node: node === "" ? null : node,
        value,
        before,
        note,
      },
      at: toWire(at.getTime() as Instant),
    })),
    nextCursor: last && rows.length > PAGE ? String(last.position) : null,
  };
}
