import type { Statements } from "../database.ts";

/**
 * Gives each touched attempt, and all below it, the root of its tree. Trees come together late: a child may come
 * before its parent, and a parent before its root; whatever the order, the same attempts end under the same root.
 * Returns the runs that changed, and those that are no runs any more because their root was given a parent.
 */
export async function resolveRuns(
  db: Statements,
  touched: readonly string[],
): Promise<{ runs: string[]; gone: string[] }> {
  if (touched.length === 0) return { runs: [], gone: [] };
  const ids = [...new Set(touched)];
  const moved = await db.$queryRaw<{ id: string; run: string; was: string }[]>`
    WITH RECURSIVE climb AS (
      SELECT a.id AS start, a.id, COALESCE(a.parent_id, a.root_hint) AS up, 0 AS depth
      FROM attempt a WHERE a.id = ANY(${ids}::text[])
      UNION ALL
      SELECT c.start, a.id, COALESCE(a.parent_id, a.root_hint), c.depth + 1
      FROM climb c JOIN attempt a ON a.id = c.up
      WHERE c.up <> c.id
    ) CYCLE id SET is_cycle USING path,
    tops AS (
      -- Parents that name each other in a circle have no root: the least of them stands for it.
      SELECT start, CASE WHEN bool_or(is_cycle) THEN min(id) ELSE (array_agg(id ORDER BY depth DESC))[1] END AS top
      FROM climb GROUP BY start
    ),
    fall AS (
      -- Whoever is under the right root already has all below it under that root, too: nothing to do there.
      SELECT t.start AS id, t.top FROM tops t JOIN attempt a ON a.id = t.start WHERE a.run_id <> t.top
      UNION
      SELECT a.id, f.top FROM fall f JOIN attempt a ON COALESCE(a.parent_id, a.root_hint) = f.id AND a.id <> f.id
    ),
    settled AS (SELECT id, min(top) AS top FROM fall GROUP BY id),
    changed AS (
      UPDATE attempt a SET run_id = s.top FROM settled s, attempt old
      WHERE a.id = s.id AND old.id = a.id AND a.run_id <> s.top
      RETURNING a.id, a.run_id AS run, old.run_id AS was
    )
    SELECT id, run, was FROM changed`;
  const now = await db.$queryRaw<{ run: string }[]>`
    SELECT DISTINCT run_id AS run FROM attempt WHERE id = ANY(${ids}::text[])`;
  const runs = new Set(now.map((row) => row.run));
  const gone = new Set<string>();
  for (const row of moved) {
    runs.add(row.run);
    if (row.was !== row.run) gone.add(row.was);
  }
  for (const run of runs) gone.delete(run);
  return { runs: [...runs], gone: [...gone] };
}
