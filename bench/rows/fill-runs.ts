import type { MeasuredDatabase } from "../../lib/testing/measured-postgres.ts";

/** Days that the runs are spread over: as many each day. */
const DAYS = 90;

/**
 * Stores so many runs by SQL, as background work leaves them: 400 pipelines of which few have most runs, 12 sources, all but a few
 * in a hundred finished, those that are open among the newest; each with its root and two steps.
 */
export async function fillRuns(database: MeasuredDatabase, count: number): Promise<void> {
  await database.rows("SELECT setseed(0.42)");
  await database.rows(
    `INSERT INTO run (id, namespace, pipeline, source, state, outcome, headline, rule, certainty, rules, blocker, holds,
       severity, since, started_at, ended_at, last_sign_at, nodes_done, nodes_total, diagnosed_at, diagnosis_ms)
     SELECT id, 'namespace_' || source, 'pipeline_' || pipeline, 'source_' || source, state,
       CASE WHEN state = 'finished' THEN CASE WHEN luck < 0.9 THEN 'completed' ELSE 'failed' END END,
       CASE state WHEN 'finished' THEN 'Finished after 12 min.' WHEN 'stuck' THEN '\`train\` wrote both outputs and never reported completion'
         ELSE 'Progressing: 3 of 9 nodes done.' END,
       rule, CASE WHEN rule IS NOT NULL THEN 'likely' END,
       CASE WHEN rule IS NOT NULL THEN ARRAY[rule] WHEN luck < 0.05 THEN ARRAY['incomplete-record'] ELSE '{}' END,
       CASE WHEN state = 'stuck' THEN 'train' END, CASE WHEN state = 'stuck' THEN 3 ELSE 0 END,
       CASE state WHEN 'stuck' THEN 3 WHEN 'suspect' THEN 2 WHEN 'unknown' THEN 1 ELSE 0 END,
       CASE WHEN state = 'stuck' THEN started + interval '5 minutes' END,
       started, CASE WHEN state = 'finished' THEN started + interval '12 minutes' END, started + interval '12 minutes',
       CASE WHEN state = 'finished' THEN 9 ELSE 3 END, 9, started + interval '13 minutes', 5
     FROM (
       SELECT id, pipeline, pipeline % 12 AS source, luck, started, state,
         CASE WHEN state <> 'stuck' THEN NULL WHEN luck < 0.02 THEN 'dependency-cycle'
           WHEN luck < 0.7 THEN 'lost-completion' ELSE 'silent-heartbeat' END AS rule
       FROM (
         SELECT md5(n::text)::uuid::text AS id, floor(400 * power(random(), 3))::int AS pipeline, random() AS luck,
           now() - $2::int * interval '1 day' * n / $1::int AS started,
           CASE WHEN random() > 0.002 + 0.5 * exp(-8000.0 * n / $1::int) THEN 'finished'
             WHEN random() < 0.3 THEN 'stuck' WHEN random() < 0.05 THEN 'unknown' WHEN random() < 0.1 THEN 'suspect'
             ELSE 'progressing' END AS state
         FROM generate_series(1, $1::int) n) AS thrown) AS told`,
    [count, DAYS],
  );
  await database.rows(
    `INSERT INTO attempt (id, run_id, parent_id, source, job_namespace, job_name, status, started_at, ended_at, state)
     SELECT CASE part WHEN 0 THEN r.id ELSE md5(r.id || part)::uuid::text END, r.id, CASE part WHEN 0 THEN NULL ELSE r.id END, r.source,
       r.namespace, r.pipeline || CASE part WHEN 0 THEN '' ELSE '.step_of_' || substr(r.pipeline, 10) || '_' || part END,
       CASE r.state WHEN 'finished' THEN 'completed' ELSE 'running' END, r.started_at, r.ended_at, '{}'
     FROM run r CROSS JOIN generate_series(0, 2) AS part`,
  );
  await database.rows("VACUUM ANALYZE");
  await database.rows("CHECKPOINT");
}
