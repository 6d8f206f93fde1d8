import type { Instant } from "../../base/instant.ts";
import { toWire } from "../../contract/instant.ts";
import type { PolicyResource } from "../../contract/policy.ts";
import { isThresholdName, type Threshold, thresholds } from "../../diagnosis/policy.ts";
import { database } from "../database.ts";

/** Every threshold as it is defined, and as it is set. */
export async function readPolicy(): Promise<PolicyResource> {
  const rows = await database().$queryRaw<
    {
      threshold: string;
      pipeline: string;
      node: string;
      value: number;
      who: string;
      at: Date;
      note: string;
    }[]
  >`
    SELECT * FROM (
      SELECT DISTINCT ON (threshold, pipeline, node) * FROM policy_change
      ORDER BY threshold, pipeline, node, position DESC) AS newest
    WHERE value IS NOT NULL ORDER BY position DESC`;
  return {
    thresholds: Object.entries<Threshold>(thresholds).map(([name, threshold]) => ({ name, ...threshold })),
    overrides: rows
      .filter((row) => isThresholdName(row.threshold))
      .map(({ threshold, pipeline, node, value, who, at, note }) => ({
        ...{ threshold, value, pipeline, node: node === "" ? null : node, who, note },
        at: toWire(at.getTime() as Instant),
      })),
  };
}
