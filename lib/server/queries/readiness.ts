import { setTimeout as sleep } from "node:timers/promises";
import { database, type Statements } from "../database.ts";

/** Whether requests can be served, and if not, why. */
export interface Readiness {
  readonly ready: boolean;
  readonly reason: string | null;
}

/** How long a database that is reached and says nothing is waited for, ms: whoever watches us does not wait for ever. */
const PATIENCE_MS = 3_000;

// What the database says of itself may hold names and addresses: the operator's log is the place for it.
const SILENT: Readiness = { ready: false, reason: "the database does not answer" };

/** Asks the database for a word, for unfinished migrations and for the tables of the job queue. Never throws. */
export async function readReadiness(
  db: Statements = database(),
  patienceMs = PATIENCE_MS,
): Promise<Readiness> {
  return Promise.race([asked(db), sleep(patienceMs, SILENT, { ref: false })]);
}

async function asked(db: Statements): Promise<Readiness> {
  try {
    const rows = await db.$queryRaw<{ unfinished: number; jobs: boolean }[]>`
      SELECT count(*) FILTER (WHERE finished_at IS NULL AND rolled_back_at IS NULL)::int AS unfinished,
        to_regclass('graphile_worker._private_jobs') IS NOT NULL AS jobs
      FROM _prisma_migrations`;
    const [row] = rows;
    if (!row || row.unfinished > 0) return { ready: false, reason: "a migration has not finished" };
    return row.jobs
      ? { ready: true, reason: null }
      : { ready: false, reason: "the job queue has no tables yet" };
  } catch {
    return SILENT;
  }
}
