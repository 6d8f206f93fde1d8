import { OPEN_STATES } from "../../contract/diagnosis.ts";
import type { NodeDetail } from "../../contract/nodes.ts";
import { database } from "../database.ts";

const MOST = 50;

/** The open runs that wait for another, by their last answers, the newest first. */
export async function waitingRuns(runId: string): Promise<NodeDetail["held"]["runs"]> {
  return database().$queryRaw<NodeDetail["held"]["runs"]>`
    SELECT id, pipeline, state FROM run
    WHERE state = ANY(${OPEN_STATES}::text[]) AND ${runId} = ANY(waits_for)
    ORDER BY started_at DESC LIMIT ${MOST}`;
}
