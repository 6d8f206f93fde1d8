import type { Database } from "./database.ts";
import { sayListening } from "./listening.ts";

/** How often a process says that it lives, ms. */
const SAY_EVERY = 5_000;
/** Silent for longer is dead, ms: four turns, so that one that is merely busy keeps what it has taken. */
const DEAD_AFTER = 20_000;

/**
 * Says in the database that the background work of this process lives, and gives back to all what others had taken
 * that live no more: the queue itself keeps the jobs of a process that was killed for hours. Gives what ends it.
 */
export function watchWorkers(
  db: Database,
  pools: readonly string[],
  failed: (error: unknown) => void,
): () => void {
  let looking = false;
  const timer = setInterval(async () => {
    if (looking) return;
    looking = true;
    await look(db, pools).catch(failed);
    looking = false;
  }, SAY_EVERY);
  timer.unref();
  return () => clearInterval(timer);
}

/** By the database's clock alone: those of the processes may differ. */
async function look(db: Database, pools: readonly string[]): Promise<void> {
  await sayListening(db);
  await db.$executeRaw`
    INSERT INTO worker (pool, seen_at) SELECT pool, now() FROM unnest(${pools}::text[]) AS pool
    ON CONFLICT (pool) DO UPDATE SET seen_at = now()`;
  await db.$executeRaw`DELETE FROM worker WHERE seen_at < now() - interval '1 day'`;
  await db.$executeRaw`
    SELECT graphile_worker.force_unlock_workers(array_agg(DISTINCT j.locked_by)) FROM graphile_worker.jobs j
    WHERE j.locked_at < now() - ${DEAD_AFTER} * interval '1 millisecond' AND NOT EXISTS (
      SELECT 1 FROM worker w
      WHERE w.pool = j.locked_by AND w.seen_at > now() - ${DEAD_AFTER} * interval '1 millisecond')
    HAVING count(*) > 0`;
}
