import { assembleRun } from "../../projections/assemble-run.ts";
import type { StoredAttempt } from "../../projections/attempt-view.ts";
import type { RunView } from "../../projections/run-view.ts";
import type { Statements } from "../database.ts";
import { storedAttempts } from "./stored-attempts.ts";

/** The root of the tree that an attempt belongs to; undefined where no message ever named it. */
export async function findRunId(db: Statements, attemptId: string): Promise<string | undefined> {
  const rows = await db.$queryRaw<{ run_id: string }[]>`SELECT run_id FROM attempt WHERE id = ${attemptId}`;
  return rows[0]?.run_id;
}

/** What was assembled of a list of attempts, as long as somebody else still looks at it. */
const assembled = new WeakMap<readonly StoredAttempt[], WeakRef<RunView>>();

/** A run as it is known now. Undefined where there is none of that id. */
export async function loadRun(db: Statements, runId: string): Promise<RunView | undefined> {
  const attempts = await storedAttempts(db, runId);
  const known = assembled.get(attempts)?.deref();
  if (known) return known;
  if (!attempts.some(({ state }) => state.id === runId)) return undefined;
  const run = assembleRun(runId, attempts);
  assembled.set(attempts, new WeakRef(run));
  return run;
}
