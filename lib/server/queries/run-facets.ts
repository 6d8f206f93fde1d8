import type { RunFacets } from "../../contract/runs.ts";
import { database } from "../database.ts";

/** The most values that a filter offers; who has more of them searches. */
const MOST = 200;

/** The pipelines, sources and rules that occur, for the filters. */
export async function readRunFacets(): Promise<RunFacets> {
  const db = database();
  const [pipelines, sources, rules] = await Promise.all([
    db.$queryRaw<{ value: string }[]>`SELECT DISTINCT pipeline AS value FROM run ORDER BY 1 LIMIT ${MOST}`,
    db.$queryRaw<{ value: string }[]>`SELECT DISTINCT source AS value FROM run ORDER BY 1 LIMIT ${MOST}`,
    db.$queryRaw<
      { value: string }[]
    >`SELECT DISTINCT unnest(rules) AS value FROM run ORDER BY 1 LIMIT ${MOST}`,
  ]);
  const values = (rows: { value: string }[]) => rows.map((row) => row.value);
  return { pipelines: values(pipelines), sources: values(sources), rules: values(rules) };
}
