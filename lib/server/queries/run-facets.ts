import type { RunFacets } from "../../contract/runs.ts";
import { catalogue } from "../../diagnosis/catalogue.ts";
import { database } from "../database.ts";
import { readRunValues } from "./run-values.ts";

/** The most values that a filter offers; who has more of them searches. */
const MOST = 200;
/** In so many of the newest runs all rules are looked for. */
const NEWEST = 2_000;

interface Value {
  value: string;
}

/** The pipelines, sources and rules that occur, for the filters. */
export async function readRunFacets(newest = NEWEST): Promise<RunFacets> {
  const [pipelines, sources, rules] = await Promise.all([
    readRunValues("pipeline", MOST),
    readRunValues("source", MOST),
    readRules(newest),
  ]);
  return { pipelines, sources, rules };
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
