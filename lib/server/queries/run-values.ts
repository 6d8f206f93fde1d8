import { database } from "../database.ts";
import { Prisma } from "../prisma/client.ts";

const COLUMNS = { pipeline: Prisma.sql`pipeline`, source: Prisma.sql`source` } as const;

/**
 * The values that occur in a column of the runs, in order. Each is looked up in an index behind the one before, so that
 * the time this takes follows from how many values there are, not from how many runs.
 */
export async function readRunValues(column: keyof typeof COLUMNS, limit: number): Promise<string[]> {
  const value = COLUMNS[column];
  const rows = await database().$queryRaw<{ value: string }[]>`
    WITH RECURSIVE known AS (
      (SELECT ${value} AS value FROM run ORDER BY ${value} LIMIT 1)
      UNION ALL
      SELECT next.value FROM known CROSS JOIN LATERAL (
        SELECT ${value} AS value FROM run WHERE ${value} > known.value ORDER BY ${value} LIMIT 1) AS next)
    SELECT value FROM known LIMIT ${limit}`;
  return rows.map((row) => row.value);
}
