import { type ComparedRun, type ComparisonResource, comparisonToWire } from "../../contract/comparison.ts";
import { toWire } from "../../contract/instant.ts";
import type { RunMark } from "../../contract/pipelines.ts";
import { compareRuns } from "../../diagnosis/compare-runs.ts";
import { normaliseRunId } from "../../sources/openlineage/run-id.ts";
import { now } from "../clock.ts";
import { type Database, database } from "../database.ts";
import { findRunId, loadRun } from "../runs/load-run.ts";
import { lastGoodRun } from "./last-good-run.ts";
import { type RunRow, rowToSummary } from "./run-row.ts";

/** Runs that one may choose from: more are found on the pipeline's page. */
const CHOICES = 50;

/** Which of the runs that were asked for nobody has told of, or that there is nothing to compare. */
export type NotCompared = { readonly missing: "run" | "with" };

/**
 * A run beside another of its pipeline: the one that `withId` names, else the last that completed before it. Ids may be
 * those of any attempt of a run.
 */
export async function readComparison(
  runId: string,
  withId?: string,
): Promise<ComparisonResource | NotCompared> {
  const db = database();
  const [id, otherId] = await Promise.all([
    rootOf(db, runId),
    withId === undefined ? null : rootOf(db, withId),
  ]);
  const run = id === undefined ? undefined : await loadRun(db, id);
  if (!run) return { missing: "run" };
  if (otherId === undefined || otherId === run.id) return { missing: "with" };
  const chosen = otherId ?? (await lastGoodRun(run));
  const other = chosen === null ? undefined : await loadRun(db, chosen);
  const marks = await readMarks(db, [run.id, ...(other ? [other.id] : [])]);
  const at = now();
  const mark = marks.get(run.id);
  if (!mark) return { missing: "run" };
  return {
    run: mark,
    with: (other && marks.get(other.id)) ?? null,
    ...(other ? comparisonToWire(compareRuns(run, other, at)) : { headline: null, first: null, nodes: [] }),
    choices: await readChoices(db, mark),
    at: toWire(at),
  };
}

async function rootOf(db: Database, runId: string): Promise<string | undefined> {
  const asked = normaliseRunId(runId);
  return asked === undefined ? undefined : findRunId(db, asked);
}

async function readMarks(db: Database, ids: readonly string[]): Promise<Map<string, ComparedRun>> {
  const rows = await db.$queryRaw<RunRow[]>`SELECT * FROM run WHERE id = ANY(${[...ids]}::text[])`;
  return new Map(
    rows.map((row) => [row.id, { ...markOf(row), pipeline: row.pipeline, namespace: row.namespace }]),
  );
}

/** The latest other runs of the same pipeline. */
async function readChoices(db: Database, { id, namespace, pipeline }: ComparedRun): Promise<RunMark[]> {
  const rows = await db.$queryRaw<RunRow[]>`
    SELECT * FROM run WHERE namespace = ${namespace} AND pipeline = ${pipeline} AND id <> ${id}
    ORDER BY started_at DESC, id DESC LIMIT ${CHOICES}`;
  return rows.map(markOf);
}

function markOf(row: RunRow): RunMark {
  const { id, state, outcome, startedAt, endedAt } = rowToSummary(row);
  return { id, state, outcome, startedAt: startedAt ?? row.started_at.toISOString(), endedAt };
}
