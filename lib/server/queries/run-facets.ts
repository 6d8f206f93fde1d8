import type { RunFacets } from "../../contract/runs.ts";
import { catalogue } from "../../diagnosis/catalogue.ts";
import { database } from "../database.ts";

/** The most values that a filter offers; who has more of them searches. */
const MOST = 200;
/** In so many of the newest runs all rules are looked for. */
const NEWEST = 2_000;

interface Value {
  value: string;
}

/**
 * The pipelines, sources and rules that occur, for the filters. Each is looked up in an index behind the one before:
 * how long that takes follows from how many there are, not from how many runs.
 */
export async function readRunFacets(newest = NEWEST): Promise<RunFacets> {
  const db = database();
  const [pipelines, sources, rules] = await Promise.all([
    db.$queryRaw<Value[]>`
      WITH RECURSIVE known AS (
        (SELECT pipeline AS value FROM run ORDER BY pipeline LIMIT 1)
        UNION ALL
        SELECT next.value FROM known CROSS JOIN LATERAL (
          SELECT pipeline AS value FROM run WHERE pipeline > known.value ORDER BY pipeline LIMIT 1) AS next)
      SELECT value FROM known LIMIT ${MOST}`,
    db.$queryRaw<Value[]>`
      WITH RECURSIVE known AS (
        (SELECT source AS value FROM run ORDER BY source LIMIT 1)
        UNION ALL
        SELECT next.value FROM known CROSS JOIN LATERAL (
          SELECT source AS value FROM run WHERE source > known.value ORDER BY source LIMIT 1) AS next)
      SELECT value FROM known LIMIT ${MOST}`,
    readRules(newest),
  ]);
  const values = (rows: readonly Value[]) => rows.map((row) => row.value);
  return { pipelines: values(pipelines), sources: values(sources), rules };
}

/** Those of the newest runs; of the others each is looked up, and seldom found: so its index entry is short. */
async function readRules(newest: number): Promise<string[]> {
  const db = database();
  const recent = await db.$queryRaw<Value[]>`
    SELECT DISTINCT unnest(rules) AS value
    FROM (SELECT rules FROM run ORDER BY started_at DESC, id DESC LIMIT ${newest}) AS newest`;
  const known = new Set(recent.map(({ value }) => value));
  const others = catalogue.map(({ id }) => id).filter((id) => !known.has(id));
  const older = await db.$queryRaw<Value[]>`
    SELECT value FROM unnest(${others}::text[]) AS value
    WHERE EXISTS (SELECT FROM run WHERE rules @> ARRAY[value])`;
  for (const { value } of older) known.add(value);
  return [...known].sort().slice(0, MOST);
}
