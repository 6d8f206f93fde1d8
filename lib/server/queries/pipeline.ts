import { storableText } from "../../base/storable-text.ts";
import { toWire } from "../../contract/instant.ts";
import type { PipelineDetail, PipelineRun } from "../../contract/pipelines.ts";
import { cellsOf } from "../../projections/run-cells.ts";
import { now } from "../clock.ts";
import { type Database, database } from "../database.ts";
import { indexable } from "../indexable.ts";
import { type HistoryRun, historyGrid } from "../pipelines/history-grid.ts";
import { loadUsual } from "../pipelines/load-baselines.ts";
import { loadGists } from "../pipelines/load-gists.ts";
import { loadPipelineRuns, type PipelineRunRow } from "../pipelines/load-pipeline-runs.ts";
import { loadRun } from "../runs/load-run.ts";
import { rowToSummary } from "./run-row.ts";

/** Runs that a history goes back: as many columns as a screen has room for. */
const MOST_RUNS = 50;
/** Cells of a grid: beyond them it is the number of runs that gives way, since a pipeline without its nodes is none. */
const MOST_CELLS = 60_000;

/** A pipeline with its latest runs and what can be learned of them. Null where no run of it is known. */
export async function readPipeline(namespace: string, name: string): Promise<PipelineDetail | null> {
  const db = database();
  const { rows, total } = await loadPipelineRuns(db, stored(namespace), stored(name), MOST_RUNS);
  const newest = rows[0];
  if (!newest) return null;
  const usual = await loadUsual(db, stored(namespace), stored(name));
  const runs = rows.map(runOf);
  const sum = (of: (run: PipelineRun) => number) => runs.reduce((all, run) => all + of(run), 0);
  const counted = (run: PipelineRun, value: number) => (run.cacheAsked === null ? 0 : value);
  return {
    namespace: newest.namespace,
    name: newest.pipeline,
    source: newest.source,
    integration: newest.integration,
    totalRuns: total,
    runs,
    usual: usual(newest.pipeline),
    causes: causesOf(rows),
    cache: {
      asked: sum((run) => counted(run, run.cacheAsked ?? 0)),
      reused: sum((run) => counted(run, run.nodesReused)),
    },
    grid: await readGrid(db, rows, usual),
    at: toWire(now()),
  };
}

/** A name from outside, as the column holds it. */
function stored(name: string): string {
  return indexable(storableText(name));
}

function runOf(row: PipelineRunRow): PipelineRun {
  const { id, state, outcome, startedAt, endedAt, headline, rule, blocker, ...s } = rowToSummary(row);
  return {
    ...{ id, state, outcome, startedAt: startedAt ?? row.started_at.toISOString(), endedAt },
    ...{ headline, rule, blocker },
    nodesDone: s.nodesDone,
    nodesReused: s.nodesReused,
    nodesTotal: s.nodesTotal,
    stuckMs: row.stuck_ms,
    cacheAsked: row.cache_asked,
  };
}

/** What these runs were held by, and what is noted of them; the most frequent first. */
function causesOf(rows: readonly PipelineRunRow[]): PipelineDetail["causes"] {
  const causes = new Map<string, { runs: number; held: number }>();
  for (const { rules, held_by } of rows) {
    const held = new Set(held_by ?? []);
    for (const rule of new Set([...rules, ...held])) {
      const known = causes.get(rule) ?? { runs: 0, held: 0 };
      causes.set(rule, { runs: known.runs + 1, held: known.held + (held.has(rule) ? 1 : 0) });
    }
  }
  return [...causes]
    .map(([rule, counts]) => ({ rule, ...counts }))
    .sort((a, b) => b.held - a.held || b.runs - a.runs || (a.rule < b.rule ? -1 : 1));
}

/** The grid of as many of these runs as it has room for. The newest run and the fullest are read whole: they order it. */
async function readGrid(
  db: Database,
  rows: readonly PipelineRunRow[],
  usual: Parameters<typeof historyGrid>[2],
): Promise<PipelineDetail["grid"]> {
  let room = MOST_CELLS;
  const shown = rows.filter(({ nodes_total }, i) => {
    room -= nodes_total;
    return room >= 0 || i < 2;
  });
  const fullest = shown.reduce<PipelineRunRow | undefined>(
    (most, row) => (most === undefined || row.nodes_total > most.nodes_total ? row : most),
    undefined,
  );
  const modelIds = [...new Set([shown[0]?.id, fullest?.id])].flatMap((id) => id ?? []);
  const [gists, ...models] = await Promise.all([
    loadGists(
      db,
      shown.map((row) => row.id),
    ),
    ...modelIds.map((id) => loadRun(db, id)),
  ]);
  const history = shown.map(
    ({ id, ended_at }): HistoryRun => ({
      runId: id,
      cells: cellsOf(id, gists.get(id) ?? [], ended_at !== null),
    }),
  );
  return historyGrid(
    history,
    models.flatMap((model) => model ?? []),
    usual,
  );
}
