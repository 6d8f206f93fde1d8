import type { Statements } from "../database.ts";

const INGEST_LOCK = 7_201_948_213;

/**
 * Waits until this transaction is the only one that folds, until it ends. One writer at a time: the order of locks is
 * then no question, and a tree is never joined half. It also turns off the compiling of statements: the planner cannot
 * know how small a tree is, and would compile each anew, for 50 ms a time.
 */
export async function lockIngest(db: Statements): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(${INGEST_LOCK}::bigint), set_config('jit', 'off', true)`;
}
