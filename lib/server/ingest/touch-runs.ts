import { type Instant, toIso } from "../../base/instant.ts";
import type { Session, Statement } from "./writer.ts";

const FORGET: Statement = {
  name: "forget-runs",
  text: `
    WITH gone AS (
      DELETE FROM run r WHERE r.id = ANY($1::text[])
        AND NOT EXISTS (SELECT 1 FROM attempt a WHERE a.run_id = r.id) RETURNING r.id)
    DELETE FROM diagnosis d USING gone WHERE d.run_id = gone.id`,
};

const SHOW: Statement = {
  name: "show-runs",
  text: `
    INSERT INTO run (id, namespace, pipeline, source, state, headline, started_at, rules)
    SELECT a.id, COALESCE(a.job_namespace, a.source, 'unknown'), COALESCE(a.job_name, a.id),
      COALESCE(a.source, 'unknown'), 'progressing', 'Just arrived: not looked at yet.',
      COALESCE(a.started_at, $2::timestamptz), '{}'
    FROM attempt a WHERE a.id = ANY($1::text[]) AND a.run_id = a.id
    ON CONFLICT (id) DO NOTHING`,
};

// A diagnosis that takes long is asked for less often, so that it never takes more than a part of the time. Where a run
// only goes on, its answer changes when the beats stop, and the deadline of the last diagnosis sees to that: it is asked
// for anew where the answer was another, and otherwise twice a minute, for the lists to show a fresh life line.
const ASK: Statement = {
  name: "ask-for-diagnoses",
  text: `
    SELECT count(*) FROM graphile_worker.add_jobs((
      SELECT array_agg(ROW('diagnose', json_build_object('runId', r.id), NULL,
        now() + interval '1 millisecond' * GREATEST(250, 4 * r.diagnosis_ms),
        NULL, 'diagnose:' || r.id, NULL, NULL)::graphile_worker.job_spec)
      FROM run r WHERE r.id = ANY($1::text[])
        OR (r.id = ANY($2::text[]) AND (r.state <> 'progressing' OR r.diagnosed_at IS NULL
          OR r.diagnosed_at < now() - interval '30 s'))), job_key_preserve_run_at := true)`,
};

export interface TouchedRuns {
  /** All that something was told of. */
  readonly runs: readonly string[];
  /** Those of which nothing was told but that they go on. */
  readonly alive: readonly string[];
  /** Those of them that may be new. */
  readonly fresh: readonly string[];
  /** Roots that were given a parent. */
  readonly gone: readonly string[];
}

/** Shows new runs at once, forgets those that turned out to be parts of others, and asks for a diagnosis of each. */
export async function touchRuns(
  session: Session,
  { runs, alive, fresh, gone }: TouchedRuns,
  at: Instant,
): Promise<void> {
  const sent: Promise<unknown>[] = [];
  if (gone.length > 0) sent.push(session.query(FORGET, [gone]));
  if (fresh.length > 0) sent.push(session.query(SHOW, [fresh, toIso(at)]));
  if (runs.length + alive.length > 0) sent.push(session.query(ASK, [runs, alive]));
  await Promise.all(sent);
}
