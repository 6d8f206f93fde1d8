import type { Instant } from "../../base/instant.ts";
import { type NodeSample, sampleRun } from "../../diagnosis/sample-run.ts";
import type { Context } from "../../diagnosis/verdict.ts";
import type { RunView } from "../../projections/run-view.ts";
import type { Database } from "../database.ts";
import { readOverrides } from "../queries/overrides.ts";
import { loadSourceFacts } from "./load-context.ts";
import { loadRun } from "./load-run.ts";
import { keepSamples } from "./save-samples.ts";

/** Of each pipeline so many of its latest runs: twice what is kept of a step, since some of them fail or skip it. */
const LATEST = 48;

/**
 * Learns anew what is usual for each step, from the attempts as they are stored now, while the server goes on. What is kept
 * of runs that are not looked at stays; of those that are, only what they teach today. `onProgress` hears how many pipelines
 * are done, of how many.
 */
export async function rebuildBaselines(
  db: Database,
  at: Instant,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const pipelines = await db.$queryRaw<{ namespace: string; pipeline: string; runs: string[] }[]>`
    SELECT p.namespace, p.pipeline, array_agg(r.id ORDER BY r.started_at DESC, r.id) AS runs
    FROM (SELECT DISTINCT namespace, pipeline FROM run) AS p
    CROSS JOIN LATERAL (
      SELECT id, started_at FROM run
      WHERE namespace = p.namespace AND pipeline = p.pipeline
      ORDER BY started_at DESC, id LIMIT ${LATEST}::int) AS r
    GROUP BY p.namespace, p.pipeline ORDER BY p.namespace, p.pipeline`;
  const overrides = await readOverrides(db);
  for (const [i, { namespace, pipeline, runs }] of pipelines.entries()) {
    const samples: NodeSample[] = [];
    for (const id of runs) {
      const run = await loadRun(db, id);
      if (run)
        samples.push(...sampleRun(run, { ...(await clocksOf(db, run, at)), overrides }, at, undefined));
    }
    await keepSamples(db, { namespace, pipeline }, samples, new Set(runs));
    onProgress(i + 1, pipelines.length);
  }
}

/** Of what a diagnosis looks at besides the run only the sources' clocks matter here. */
async function clocksOf(db: Database, run: RunView, at: Instant): Promise<Context> {
  const names = new Set([run.source]);
  for (const { attempts } of [run.root, ...run.nodes.values()])
    for (const { state } of attempts) if (state.source !== undefined) names.add(state.source);
  return { history: new Map(), sources: await loadSourceFacts(db, [...names], at) };
}
