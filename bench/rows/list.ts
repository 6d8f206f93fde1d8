/** The list of runs where very many are stored: each filter, search, and the pages that stand on it. */
import { runList } from "../../lib/contract/runs.ts";
import type { MeasuredDatabase } from "../../lib/testing/measured-postgres.ts";
import { Durations } from "../load/spread.ts";
import { timedGet } from "../post.ts";
import type { Row } from "../row.ts";
import type { Sizes } from "../sizes.ts";
import type { Stage } from "../stage.ts";
import { fillRuns } from "./fill-runs.ts";

const GOAL_MS = 100;

/** What is asked for, by what a reader would call it. */
const ASKED: readonly (readonly [what: string, path: string])[] = [
  ["no filter", "runs"],
  ["200 a page", "runs?limit=200"],
  ["state: open", "runs?state=open"],
  ["state: stuck", "runs?state=stuck"],
  ["state: finished", "runs?state=finished"],
  ["state: unknown, which is rare", "runs?state=unknown"],
  ["rule: lost-completion", "runs?rule=lost-completion"],
  ["rule: dependency-cycle, which is rare", "runs?rule=dependency-cycle"],
  ["pipeline: one with many runs", "runs?pipeline=pipeline_0"],
  ["pipeline: one with few runs", "runs?pipeline=pipeline_399"],
  ["source", "runs?source=source_11"],
  ["within 1 h", "runs?within=1h"],
  ["within 30 d", "runs?within=30d"],
  ["open and of a pipeline", "runs?state=open&pipeline=pipeline_7"],
  ["a rule, a source, within 7 d", "runs?rule=lost-completion&source=source_3&within=7d"],
  ["search: a common name", "runs?q=pipeline_1"],
  ["search: a rare name", "runs?q=pipeline_399"],
  ["search: a step's name", "runs?q=step_of_377"],
  ["search: words of a headline", "runs?q=never%20reported"],
  ["search: what is nowhere", "runs?q=nowhere-to-be-found"],
  ["search, open only", "runs?q=pipeline_1&state=open"],
  ["what needs attention", "attention"],
  ["the values of the filters", "facets"],
  ["the pipelines", "pipelines"],
  ["a pipeline with many runs", "pipelines/namespace_0/pipeline_0"],
  ["the sources", "sources"],
];

export async function listRows(stage: Stage, sizes: Sizes): Promise<Row[]> {
  const database = await stage.database();
  const server = await stage.productServer(database);
  await fillRuns(database, sizes.listed);
  const base = `${server.url}/api/v1`;
  const { runs: first, nextCursor } = runList.parse(JSON.parse((await timedGet(`${base}/runs`)).body));
  const asked = [
    ...ASKED,
    ["search: a part of a run's id", `runs?q=${first.at(-1)?.id.slice(0, 8)}`],
    ["the second page", `runs?cursor=${encodeURIComponent(nextCursor ?? "")}`],
  ] as const;
  const rows: Row[] = [];
  for (const [what, path] of asked) {
    const durations = new Durations();
    let found = "";
    for (let turn = 0; turn < sizes.listSamples; turn += 1) {
      const { ms, body: answer } = await timedGet(`${base}/${path}`);
      durations.add(ms);
      const { runs } = JSON.parse(answer) as { runs?: unknown[] };
      found = runs ? `${runs.length} runs in the page; ` : "";
    }
    const { p50, p95 } = durations.spread();
    rows.push({
      group: "list",
      what: `${what}: p95`,
      measured: { value: p95, unit: "ms" },
      goal: { of: "measured", is: "at most", limit: GOAL_MS },
      notes: [`${found}p50 ${p50.toFixed(1)} ms`],
    });
  }
  await server.end();
  return [await countRow(database), ...rows];
}

async function countRow(database: MeasuredDatabase): Promise<Row> {
  return {
    group: "list",
    what: "runs stored",
    measured: { value: await database.number("SELECT count(*) FROM run"), unit: "runs" },
    notes: [
      `and ${(await database.number("SELECT count(*) FROM attempt")).toLocaleString("en-US")} attempts, written by SQL`,
    ],
  };
}
