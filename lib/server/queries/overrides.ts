import { type Instant, toIso } from "../../base/instant.ts";
import { isThresholdName } from "../../diagnosis/policy.ts";
import type { Override } from "../../diagnosis/policy-overrides.ts";
import type { Statements } from "../database.ts";

/**
 * The thresholds that are set: of each threshold and its globs what was said last, now or by an instant. What an older
 * version knew and this one does not is left out.
 */
export async function readOverrides(db: Statements, until?: Instant): Promise<readonly Override[]> {
  const rows = await db.$queryRaw<
    { threshold: string; pipeline: string; node: string; value: number; who: string; at: Date }[]
  >`
    SELECT * FROM (
      SELECT DISTINCT ON (threshold, pipeline, node) threshold, pipeline, node, value, who, at
      FROM policy_change WHERE at <= ${until === undefined ? "infinity" : toIso(until)}::timestamptz
      ORDER BY threshold, pipeline, node, position DESC) AS newest
    WHERE value IS NOT NULL`;
  return rows.flatMap(({ threshold, pipeline, node, value, who, at }) =>
    isThresholdName(threshold)
      ? [{ threshold, value, pipeline, node: node === "" ? null : node, who, at: at.getTime() as Instant }]
      : [],
  );
}
