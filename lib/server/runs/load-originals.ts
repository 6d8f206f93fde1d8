import type { Instant } from "../../base/instant.ts";
import type { Original } from "../../diagnosis/verdict.ts";
import type { AttemptState } from "../../projections/attempt-state.ts";
import { viewAttempt } from "../../projections/attempt-view.ts";
import type { Statements } from "../database.ts";

/** Attempts by their ids, as far as they are known here, as of an instant. */
export async function loadOriginals(
  db: Statements,
  ids: readonly string[],
  until: Instant,
): Promise<Map<string, Original>> {
  const originals = new Map<string, Original>();
  if (ids.length === 0) return originals;
  const rows = await db.$queryRaw<{ id: string; run_id: string; state: AttemptState }[]>`
    SELECT id, run_id, state FROM attempt WHERE id = ANY(${ids}::text[])`;
  for (const { id, run_id, state } of rows) {
    if (state.facts.job && (state.firstReceivedAt ?? until) <= until)
      originals.set(id, originalOf(run_id, state, until));
  }
  return originals;
}

/** Its ends that were received by then; what it is otherwise does not change. */
export function originalOf(runId: string, state: AttemptState, until: Instant): Original {
  const ends = Object.fromEntries(
    Object.entries(state.ends).filter(([, end]) => end !== undefined && end.receivedAt <= until),
  );
  const view = viewAttempt({ state: { ...state, ends } }, { nodeKey: "", number: 1, superseded: false });
  const ended = view.status === "completed" || view.status === "failed" || view.status === "aborted";
  return {
    attemptId: state.id,
    runId,
    status: ended ? (view.status as Original["status"]) : view.owesEnd ? "open" : "endless",
    startedAt: view.startedAt ?? null,
    endedAt: view.endedAt ?? null,
    inputVersions: Object.fromEntries(
      Object.entries(state.inputs).flatMap(([key, input]) =>
        input.version ? [[key, input.version.value] as const] : [],
      ),
    ),
  };
}
