import { toIso } from "../../base/instant.ts";
import type { RunView } from "../../projections/run-view.ts";
import { database } from "../database.ts";
import { indexable } from "../indexable.ts";

/** The last run of the pipeline that completed and began before this one; null where there is none. */
export async function lastGoodRun(
  run: Pick<RunView, "id" | "pipeline" | "startedAt">,
): Promise<string | null> {
  if (run.startedAt === undefined) return null;
  const rows = await database().$queryRaw<{ id: string }[]>`
    SELECT id FROM run
    WHERE namespace = ${indexable(run.pipeline.namespace)} AND pipeline = ${indexable(run.pipeline.name)}
      AND started_at < ${toIso(run.startedAt)}::timestamptz AND outcome = 'completed' AND id <> ${run.id}
    ORDER BY started_at DESC, id DESC LIMIT 1`;
  return rows[0]?.id ?? null;
}
