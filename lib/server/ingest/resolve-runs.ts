import type { Session, Statement } from "./writer.ts";

interface Moved {
  readonly id: string;
  /** The root that it stands under, and the one that it stood under until now. */
  readonly run: string;
  readonly was: string;
}

/**
 * Gives each of these attempts, and all below it, the root of its tree. Trees come together late: a child may come
 * before its parent, and a parent before its root; whatever the order, the same attempts end under the same root.
 * Returns the root of each that was given, and, by id, what else has another root than before.
 *
 * Each statement looks into indexes only (OFFSET 0 keeps the planner from reading whole tables) and gathers nothing
 * in hashes: the planner takes trees for huge, and preparing a hash for one costs more than all the rest.
 */
export async function resolveRuns(
  session: Session,
  ids: readonly string[],
): Promise<{ runOf: Map<string, string>; moved: Map<string, { run: string; was: string }> }> {
  if (ids.length === 0) return { runOf: new Map(), moved: new Map() };
  const placed = await session.query<Moved>(CLIMB, [ids]);
  // Whoever is under the right root already has all below it under that root, too.
  const moved = await fall(
    session,
    placed.filter((p) => p.run !== p.was),
  );
  if (moved.size > 0) {
    await session.query(MOVE, [[...moved.keys()], [...moved.values()].map((m) => m.run)]);
  }
  return { runOf: new Map(placed.map(({ id, run }) => [id, run])), moved };
}

/** The top of the chain of parents of each attempt. Of parents that name each other in a circle the least stands for it. */
const CLIMB: Statement = {
  name: "climb",
  text: `
    WITH RECURSIVE climb AS (
      SELECT a.id AS start, a.run_id AS was, a.id, COALESCE(a.parent_id, a.root_hint) AS up, 0 AS depth
      FROM attempt a WHERE a.id = ANY($1::text[])
      UNION ALL
      SELECT c.start, c.was, a.id, a.up, c.depth + 1
      FROM climb c CROSS JOIN LATERAL (
        SELECT p.id, COALESCE(p.parent_id, p.root_hint) AS up FROM attempt p WHERE p.id = c.up OFFSET 0) a
      WHERE c.up <> c.id
    ) CYCLE id SET is_cycle USING path, met AS (
      -- The row that closes a circle repeats its first member: what came before that one only leads there.
      SELECT start, was, id, depth, is_cycle, max(id) FILTER (WHERE is_cycle) OVER (PARTITION BY start) AS again FROM climb c
    ), entered AS (
      SELECT start, was, id, depth, is_cycle, min(depth) FILTER (WHERE id = again) OVER (PARTITION BY start) AS since FROM met m
    )
    SELECT start AS id, min(was) AS was,
      CASE WHEN bool_or(is_cycle) THEN min(id) FILTER (WHERE depth >= since)
        ELSE (array_agg(id ORDER BY depth DESC))[1] END AS run
    FROM entered GROUP BY start`,
};

const FALL: Statement = {
  name: "fall",
  text: `
    WITH RECURSIVE fall AS (
      SELECT f.id, f.run, f.was FROM unnest($1::text[], $2::text[], $3::text[]) AS f(id, run, was)
      UNION ALL
      SELECT a.id, f.run, a.run_id
      FROM fall f CROSS JOIN LATERAL (
        SELECT c.id, c.run_id FROM attempt c WHERE c.parent_id = f.id
        UNION ALL
        SELECT c.id, c.run_id FROM attempt c WHERE c.root_hint = f.id AND c.parent_id IS NULL
        OFFSET 0) a
      WHERE a.id <> f.id
    ) CYCLE id SET is_cycle USING path
    SELECT id, run, was FROM fall WHERE was <> run`,
};

const MOVE: Statement = {
  name: "move",
  text: "UPDATE attempt a SET run_id = m.run FROM unnest($1::text[], $2::text[]) AS m(id, run) WHERE a.id = m.id",
};

/** All that is below the given attempts, themselves included, with the root that they are to have. */
async function fall(
  session: Session,
  from: readonly Moved[],
): Promise<Map<string, { run: string; was: string }>> {
  if (from.length === 0) return new Map();
  const rows = await session.query<Moved>(FALL, [
    from.map((p) => p.id),
    from.map((p) => p.run),
    from.map((p) => p.was),
  ]);
  const moved = new Map<string, { run: string; was: string }>();
  for (const { id, run, was } of rows) {
    const known = moved.get(id);
    if (!known || run < known.run) moved.set(id, { run, was });
  }
  return moved;
}
