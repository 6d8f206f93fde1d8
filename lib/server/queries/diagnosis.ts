import { diagnosisToWire } from "../../contract/diagnosis.ts";
import { normaliseRunId } from "../../sources/openlineage/run-id.ts";
import { now } from "../clock.ts";
import { database } from "../database.ts";
import { judgePresent } from "../runs/judge-present.ts";
import { keptDiagnosis } from "../runs/kept-diagnosis.ts";
import { findRunId } from "../runs/load-run.ts";
import { type AsOf, judgeNamed } from "./run.ts";

/**
 * Why a run has not finished, as the JSON of our wire: of a large run the answer that was kept, where it holds. Null
 * where no message ever named the run.
 */
export async function readDiagnosis(runId: string, { at }: AsOf = {}): Promise<string | null> {
  if (at !== undefined) {
    const found = await judgeNamed(runId, at);
    return found ? JSON.stringify(diagnosisToWire(found.judged.diagnosis)) : null;
  }
  const asked = normaliseRunId(runId);
  const db = database();
  const root = asked === undefined ? undefined : await findRunId(db, asked);
  if (root === undefined) return null;
  const kept = await keptDiagnosis(db, root, now());
  if (kept !== undefined) return kept;
  const judged = await judgePresent(db, root);
  return judged ? JSON.stringify(diagnosisToWire(judged.diagnosis)) : null;
}
