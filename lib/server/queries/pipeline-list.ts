import { runState } from "../../contract/diagnosis.ts";
import { toWire } from "../../contract/instant.ts";
import type { PipelineList, RunMark } from "../../contract/pipelines.ts";
import { runMark } from "../../contract/pipelines.ts";
import type { Sample } from "../../diagnosis/baseline.ts";
import { now } from "../clock.ts";
import { database } from "../database.ts";
import { usualOf } from "../pipelines/load-baselines.ts";

/** Rows of the list, and runs in a row: more of either is found by searching, and on the pipeline's page. */
const MOST = 200;
const MARKS = 20;
/** Names that are gone through at most, so that a million pipelines cost no more than these. */
const MOST_NAMES = 5_000;

const OPEN = runState.options.filter((state) => state !== "finished");

interface Row {
  namespace: string;
  pipeline: string;
  source: string;
  integration: string | null;
  open: number;
  attention: number;
  total: number;
  latest: {
    id: string;
    state: string;
    outcome: string | null;
    started_at: string;
    ended_at: string | null;
  }[];
  /** What is learned of whole runs. */
  samples: Sample[] | null;
}

/**
 * The pipelines whose name or namespace holds a text; those that need attention first, then by their latest run. Goes
 * from name to name by the index, and never over all runs.
 */
export async function listPipelines(q = ""): Promise<PipelineList> {
  const pattern = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  const rows = await database().$queryRaw<Row[]>`
    WITH RECURSIVE named AS (
      (SELECT namespace, pipeline, 1 AS place FROM run ORDER BY namespace, pipeline LIMIT 1)
      UNION ALL
      SELECT next.namespace, next.pipeline, n.place + 1
      FROM named n CROSS JOIN LATERAL (
        SELECT r.namespace, r.pipeline FROM run r
        WHERE (r.namespace, r.pipeline) > (n.namespace, n.pipeline)
        ORDER BY r.namespace, r.pipeline LIMIT 1) AS next
      WHERE n.place < ${MOST_NAMES}
    ), opened AS MATERIALIZED (
      SELECT namespace, pipeline, count(*)::int AS open, (count(*) FILTER (WHERE severity > 0))::int AS attention,
        max(severity) AS worst
      FROM run WHERE state = ANY(${OPEN}::text[]) GROUP BY 1, 2
    ), listed AS (
      SELECT n.namespace, n.pipeline, last.source, last.integration, last.started_at,
        COALESCE(o.open, 0) AS open, COALESCE(o.attention, 0) AS attention, COALESCE(o.worst, 0) AS worst,
        count(*) OVER ()::int AS total
      FROM named n
      CROSS JOIN LATERAL (
        SELECT r.source, r.integration, r.started_at FROM run r
        WHERE r.namespace = n.namespace AND r.pipeline = n.pipeline
        ORDER BY r.started_at DESC LIMIT 1) AS last
      LEFT JOIN opened o ON o.namespace = n.namespace AND o.pipeline = n.pipeline
      WHERE n.pipeline ILIKE ${pattern} OR n.namespace ILIKE ${pattern}
      ORDER BY worst DESC, last.started_at DESC, n.namespace, n.pipeline
      LIMIT ${MOST}
    )
    SELECT l.namespace, l.pipeline, l.source, l.integration, l.open, l.attention, l.total, marks.latest, b.samples
    FROM listed l
    LEFT JOIN baseline b ON b.namespace = l.namespace AND b.pipeline = l.pipeline AND b.node = l.pipeline
    CROSS JOIN LATERAL (
      SELECT json_agg(json_build_object('id', m.id, 'state', m.state, 'outcome', m.outcome,
        'started_at', m.started_at, 'ended_at', m.ended_at)) AS latest
      FROM (
        SELECT r.id, r.state, r.outcome, r.started_at, r.ended_at FROM run r
        WHERE r.namespace = l.namespace AND r.pipeline = l.pipeline
        ORDER BY r.started_at DESC, r.id DESC LIMIT ${MARKS}) AS m) AS marks
    ORDER BY l.worst DESC, l.started_at DESC, l.namespace, l.pipeline`;
  return {
    pipelines: rows.map(({ namespace, pipeline, source, integration, open, attention, latest, samples }) => ({
      ...{ namespace, name: pipeline, source, integration, openRuns: open, attention },
      latest: latest.map(markOf),
      usual: usualOf(samples ?? []),
    })),
    total: rows[0]?.total ?? 0,
    at: toWire(now()),
  };
}

function markOf({ id, state, outcome, started_at, ended_at }: Row["latest"][number]): RunMark {
  return runMark.parse({ id, state, outcome, startedAt: started_at, endedAt: ended_at });
}
