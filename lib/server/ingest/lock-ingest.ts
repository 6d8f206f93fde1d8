import type { Session, Statement } from "./writer.ts";

const LOCK: Statement = {
  name: "lock-ingest",
  text: "SELECT pg_advisory_xact_lock(7201948213)",
};

/**
 * Waits until this transaction is the only one that folds, until it ends. One writer at a time: the order of locks is
 * then no question, and a tree is never joined half.
 */
export async function lockIngest(session: Session): Promise<void> {
  await session.query(LOCK, []);
}
