import type { Instant } from "../base/instant.ts";
import type { Deaf } from "../diagnosis/verdict.ts";
import type { Statements } from "./database.ts";

/** Longer without a word from any server, ms, is a time in which events may have been missed: it is said every 5 s. */
const DEAF_AFTER = 8_000;

/** Says that a server is there to be told things, by the database's clock. Where none was for a while, that is kept. */
export async function sayListening(db: Statements): Promise<void> {
  await db.$executeRaw`
    INSERT INTO listening AS l (id, since, seen_at) VALUES (1, now(), now())
    ON CONFLICT (id) DO UPDATE SET
      deaf_from = CASE WHEN l.seen_at < now() - ${DEAF_AFTER} * interval '1 millisecond' THEN l.seen_at ELSE l.deaf_from END,
      since = CASE WHEN l.seen_at < now() - ${DEAF_AFTER} * interval '1 millisecond' THEN now() ELSE l.since END,
      seen_at = now()`;
}

/** When no server was there, the last time; undefined where one always was, as far as is known. */
export async function readDeaf(db: Statements): Promise<Deaf | undefined> {
  const [row] = await db.$queryRaw<{ since: Date; deaf_from: Date }[]>`
    SELECT since, deaf_from FROM listening WHERE deaf_from IS NOT NULL`;
  return row && { from: row.deaf_from.getTime() as Instant, to: row.since.getTime() as Instant };
}
