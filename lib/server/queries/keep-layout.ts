import { type Instant, toIso } from "../../base/instant.ts";
import { packLayout } from "../../drawing/packed-layout.ts";
import type { Statements } from "../database.ts";

/** At most some tens of kilobytes each, mostly a few hundred bytes. */
const MOST_KEPT = 1_000;

/** Keeps a layout unless there is one of that name, and lets go those that were used longest ago. Whether it was the first. */
export async function keepLayout(
  db: Statements,
  { name, coordinates, at }: { name: string; coordinates: ArrayLike<number>; at: Instant },
  most = MOST_KEPT,
): Promise<boolean> {
  const kept = await db.$executeRaw`
    INSERT INTO layout (shape, coordinates, used_at)
    VALUES (${name}, ${Buffer.from(packLayout(coordinates))}, ${toIso(at)}::timestamptz)
    ON CONFLICT (shape) DO NOTHING`;
  if (kept === 0) return false;
  await db.$executeRaw`
    DELETE FROM layout
    WHERE shape IN (SELECT shape FROM layout ORDER BY used_at DESC, shape OFFSET ${most})`;
  return true;
}
