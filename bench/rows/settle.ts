import { setTimeout as sleep } from "node:timers/promises";
import type { MeasuredDatabase } from "../../lib/testing/measured-postgres.ts";

/** How long diagnoses that are due may take to be done, ms. */
const PATIENCE = 120_000;
/** A diagnosis that was just asked for is due within this, ms. */
const UNTIL_DUE = 1_000;

/** Waits until no diagnosis is due any more, and lets Postgres write what it holds: so that rows do not share work. */
export async function settle(database: MeasuredDatabase): Promise<void> {
  const until = performance.now() + PATIENCE;
  do await sleep(UNTIL_DUE);
  while ((await due(database)) > 0 && performance.now() < until);
  await database.rows("CHECKPOINT");
}

function due(database: MeasuredDatabase): Promise<number> {
  return database.number("SELECT count(*) FROM graphile_worker.jobs WHERE run_at <= now()");
}
