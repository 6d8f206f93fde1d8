import type { AttemptState } from "../../projections/attempt-state.ts";
import { parentIdOf, viewAttempt } from "../../projections/attempt-view.ts";
import type { LifeSigns } from "../../projections/life-signs.ts";
import { indexable } from "../indexable.ts";
import { instantArray, intArray, jsonArray, textArray } from "./binary-array.ts";
import type { Session, Statement } from "./writer.ts";

/** An attempt as it is to be stored. */
export interface AttemptToSave {
  readonly state: AttemptState;
  readonly life: LifeSigns | undefined;
  /** The root of its tree where it is new; one that is stored keeps its own until its tree moves. */
  readonly run: string;
  readonly hint: string | null;
}

// What is folded is read as a whole and never searched: `json` keeps it as it was written, without taking it apart. All
// comes as arrays: out of JSON Postgres would make a hash for each row to find its columns.
const SAVE: Statement = {
  name: "save-attempts",
  text: `
    INSERT INTO attempt (id, run_id, parent_id, root_hint, source, job_namespace, job_name, map_index, status, started_at, ended_at, state)
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[],
      $9::text[], $10::timestamptz[], $11::timestamptz[], $12::json[])
    ON CONFLICT (id) DO UPDATE SET
      parent_id = EXCLUDED.parent_id, root_hint = EXCLUDED.root_hint, source = EXCLUDED.source,
      job_namespace = EXCLUDED.job_namespace, job_name = EXCLUDED.job_name, map_index = EXCLUDED.map_index,
      status = EXCLUDED.status, started_at = EXCLUDED.started_at, ended_at = EXCLUDED.ended_at,
      state = EXCLUDED.state`,
};

/** Writes attempts, new ones and ones that are stored, in one statement. */
export async function saveAttempts(session: Session, attempts: readonly AttemptToSave[]): Promise<void> {
  if (attempts.length === 0) return;
  const rows = attempts.map(columnsOf);
  await session.query(SAVE, [
    textArray(rows.map(({ id }) => id)),
    textArray(rows.map(({ run }) => run)),
    textArray(rows.map(({ parent }) => parent)),
    textArray(rows.map(({ hint }) => hint)),
    textArray(rows.map(({ source }) => source)),
    textArray(rows.map(({ namespace }) => namespace)),
    textArray(rows.map(({ name }) => name)),
    intArray(rows.map(({ mapIndex }) => mapIndex)),
    textArray(rows.map(({ status }) => status)),
    instantArray(rows.map(({ startedAt }) => startedAt)),
    instantArray(rows.map(({ endedAt }) => endedAt)),
    jsonArray(attempts.map(({ state }) => JSON.stringify(state))),
  ]);
}

/** Whether an attempt of which nothing was told but beats is stored as it was before them, but for its life line. */
export function isStoredAlready(attempt: AttemptToSave, lifeBefore: LifeSigns | undefined): boolean {
  return JSON.stringify(columnsOf(attempt)) === JSON.stringify(columnsOf({ ...attempt, life: lifeBefore }));
}

function columnsOf({ state, life, run, hint }: AttemptToSave) {
  const { status, startedAt, endedAt } = viewAttempt(
    { state, ...(life && { life }) },
    { nodeKey: "", number: 1, superseded: false },
  );
  const job = state.facts.job?.value;
  return {
    id: state.id,
    run,
    parent: parentIdOf(state) ?? null,
    hint,
    source: state.source ?? null,
    namespace: job ? indexable(job.namespace) : null,
    name: job ? indexable(job.name) : null,
    mapIndex: state.facts.mapIndex?.value ?? -1,
    status,
    startedAt: startedAt ?? null,
    endedAt: endedAt ?? null,
  };
}

const HINT: Statement = {
  name: "save-hints",
  text: `
    UPDATE attempt a SET root_hint = h.hint FROM unnest($1::text[], $2::text[]) AS h(id, hint) WHERE a.id = h.id`,
};

/** Remembers another root for attempts of which nothing else was told. */
export async function saveHints(session: Session, hints: ReadonlyMap<string, string>): Promise<void> {
  if (hints.size > 0) await session.query(HINT, [[...hints.keys()], [...hints.values()]]);
}
