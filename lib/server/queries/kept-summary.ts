import type { RunSummary } from "../../contract/runs.ts";
import { normaliseRunId } from "../../sources/openlineage/run-id.ts";
import { database } from "../database.ts";
import { type RunRow, rowToSummary } from "./run-row.ts";

/**
 * What the lists say of a run, or of the run that an attempt is part of: as it was last judged, at once, however large
 * the run is. Undefined where no list has it.
 */
export async function keptSummary(runId: string): Promise<RunSummary | undefined> {
  const asked = normaliseRunId(runId);
  if (asked === undefined) return undefined;
  const rows = await database().$queryRaw<RunRow[]>`
    SELECT run.* FROM attempt JOIN run ON run.id = attempt.run_id WHERE attempt.id = ${asked}`;
  return rows[0] && rowToSummary(rows[0]);
}
