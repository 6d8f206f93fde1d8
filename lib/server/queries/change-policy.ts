import { type Instant, toIso } from "../../base/instant.ts";
import { OPEN_STATES } from "../../contract/diagnosis.ts";
import type { ThresholdName } from "../../diagnosis/policy.ts";
import { conflictOf } from "../../diagnosis/policy-conflict.ts";
import { matchesPipeline } from "../../diagnosis/policy-overrides.ts";
import { now } from "../clock.ts";
import { database, type Statements } from "../database.ts";
import { readOverrides } from "./overrides.ts";

export interface PolicyChange {
  readonly threshold: ThresholdName;
  readonly pipeline: string;
  readonly node: string | null;
  readonly who: string;
  readonly note: string;
  /** Null takes the override away. */
  readonly value: number | null;
}

/** Behind what events ask for, which is judged first. */
const PRIORITY = 10;

/** When a change was kept; or why it was not: it would contradict another threshold. */
export type Changed = { readonly at: Instant } | { readonly conflict: string };

/**
 * Keeps a change of the policy, and asks for a diagnosis of the open runs that it may concern. Null where an override was
 * to be taken away that is not there.
 */
export async function changePolicy(change: PolicyChange): Promise<Changed | null> {
  const { threshold, pipeline, node, who, note, value } = change;
  const at = now();
  return database().$transaction(async (tx) => {
    // One after the other: who takes something away must see that it is there.
    await tx.$executeRaw`LOCK TABLE policy_change IN SHARE ROW EXCLUSIVE MODE`;
    const [newest] = await tx.$queryRaw<{ value: number | null }[]>`
      SELECT value FROM policy_change
      WHERE threshold = ${threshold} AND pipeline = ${pipeline} AND node = ${node ?? ""}
      ORDER BY position DESC LIMIT 1`;
    if (value === null && (newest?.value ?? null) === null) return null;
    const before = await readOverrides(tx);
    const others = before.filter(
      (o) => o.threshold !== threshold || o.pipeline !== pipeline || o.node !== node,
    );
    const after = value === null ? others : [...others, { threshold, pipeline, node, value, who, at }];
    const conflict = conflictOf(change, before, after);
    if (conflict !== undefined) return { conflict };
    await tx.$executeRaw`
      INSERT INTO policy_change (at, who, threshold, pipeline, node, value, note)
      VALUES (${toIso(at)}::timestamptz, ${who}, ${threshold}, ${pipeline}, ${node ?? ""}, ${value}, ${note})`;
    await askOpenRuns(tx, pipeline);
    return { at };
  });
}

async function askOpenRuns(db: Statements, pipeline: string): Promise<void> {
  const open = await db.$queryRaw<{ id: string; namespace: string; name: string }[]>`
    SELECT id, namespace, pipeline AS name FROM run WHERE state = ANY(${OPEN_STATES}::text[])`;
  const concerned = open.filter((run) => matchesPipeline({ pipeline }, run)).map((run) => run.id);
  if (concerned.length === 0) return;
  await db.$executeRaw`
    SELECT count(*) FROM graphile_worker.add_jobs((
      SELECT array_agg(ROW('diagnose', json_build_object('runId', id), NULL, now(), NULL, 'diagnose:' || id,
        ${PRIORITY}::int, NULL)::graphile_worker.job_spec)
      FROM unnest(${concerned}::text[]) AS id))`;
}
