import { type Instant, toIso } from "../../base/instant.ts";
import type { Coordinates } from "../../drawing/graph-shape.ts";
import { unpackLayout } from "../../drawing/packed-layout.ts";
import type { Statements } from "../database.ts";

/** A use is noted once in so long: reading is to write seldom. */
const NOTED_EACH_MS = 3_600_000;

/** The layout of that name, where one is kept; and notes that it was used. */
export async function readLayout(
  db: Statements,
  name: string,
  at: Instant,
): Promise<Coordinates | undefined> {
  const rows = await db.$queryRaw<{ coordinates: Uint8Array }[]>`
    WITH noted AS (
      UPDATE layout SET used_at = ${toIso(at)}::timestamptz
      WHERE shape = ${name} AND used_at < ${toIso((at - NOTED_EACH_MS) as Instant)}::timestamptz
    )
    SELECT coordinates FROM layout WHERE shape = ${name}`;
  return rows[0] && unpackLayout(rows[0].coordinates);
}
