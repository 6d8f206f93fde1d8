import type { Statements } from "../database.ts";
import type { RunRow } from "../queries/run-row.ts";

/** A row of `run` with what only a history shows. */
export interface PipelineRunRow extends RunRow {
  rules: string[];
  held_by: string[] | null;
  stuck_ms: number | null;
  cache_asked: number | null;
}

/** The latest runs of a pipeline, newest first, and how many there are in all. */
export async function loadPipelineRuns(
  db: Statements,
  namespace: string,
  pipeline: string,
  most: number,
): Promise<{ rows: PipelineRunRow[]; total: number }> {
  const [rows, counted] = await Promise.all([
    db.$queryRaw<PipelineRunRow[]>`
      SELECT * FROM run WHERE namespace = ${namespace} AND pipeline = ${pipeline}
      ORDER BY started_at DESC, id DESC LIMIT ${most}`,
    db.$queryRaw<{ total: number }[]>`
      SELECT count(*)::int AS total FROM run WHERE namespace = ${namespace} AND pipeline = ${pipeline}`,
  ]);
  return { rows, total: counted[0]?.total ?? rows.length };
}
