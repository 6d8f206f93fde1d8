import { database } from "../database.ts";

/** Whether requests can be served, and if not, why. */
export interface Readiness {
  readonly ready: boolean;
  readonly reason: string | null;
}

/** Asks the database for a word, for unfinished migrations and for the tables of the job queue. Never throws. */
export async function readReadiness(): Promise<Readiness> {
  try {
    const rows = await database().$queryRaw<{ unfinished: number; jobs: boolean }[]>`
      SELECT count(*) FILTER (WHERE finished_at IS NULL AND rolled_back_at IS NULL)::int AS unfinished,
        to_regclass('graphile_worker._private_jobs') IS NOT NULL AS jobs
      FROM _prisma_migrations`;
    const [row] = rows;
    if (!row || row.unfinished > 0) return { ready: false, reason: "a migration has not finished" };
    return row.jobs
      ? { ready: true, reason: null }
      : { ready: false, reason: "the job queue has no tables yet" };
  } catch {
    // What the database says of itself may hold names and addresses: the operator's log is the place for it.
    return { ready: false, reason: "the database does not answer" };
  }
}
