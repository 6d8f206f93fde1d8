import { createHash, randomUUID } from "node:crypto";
import type { Instant } from "../../base/instant.ts";
import { diagnosisToWire } from "../../contract/diagnosis.ts";
import { toWire } from "../../contract/instant.ts";
import type { RunResource } from "../../contract/runs.ts";
import { allNodes, type RunView } from "../../projections/run-view.ts";
import { normaliseRunId } from "../../sources/openlineage/run-id.ts";
import { now } from "../clock.ts";
import { database } from "../database.ts";
import { indexable } from "../indexable.ts";
import { observeDiagnosis } from "../metrics.ts";
import { processWide } from "../process-wide.ts";
import { judgePresent } from "../runs/judge-present.ts";
import { type Judged, judgeRun } from "../runs/judge-run.ts";
import { findRunId } from "../runs/load-run.ts";
import { nodeToWire } from "../runs/node-to-wire.ts";
import { RecentAnswers } from "../runs/recent-answers.ts";
import { summarise } from "../runs/summarise.ts";
import { notesInOrder } from "../runs/told-in-order.ts";
import { lastGoodRun } from "./last-good-run.ts";

export interface AsOf {
  /** The instant to answer for; now where left out. */
  readonly at?: Instant | undefined;
}

/** A run's answer before it is written out. */
export interface AnsweredRun {
  /** Stands for the answer: whoever has one of the same tag has this one. */
  readonly tag: string;
  readonly write: () => RunResource;
}

/**
 * A whole run: its answer and its graph. `runId` is the root's own id, or the id of any attempt of the run, whose
 * node is then selected. Null where no message ever named it.
 */
export async function readRun(runId: string, asOf: AsOf = {}): Promise<RunResource | null> {
  return (await answerRun(runId, asOf))?.write() ?? null;
}

/** The same for who may have the answer already. */
export async function answerRun(runId: string, { at }: AsOf = {}): Promise<AnsweredRun | null> {
  const found = await judgeNamed(runId, at);
  if (!found) return null;
  const { asked, judged } = found;
  const [usualMs, lastGoodId] = await Promise.all([usualDuration(judged.run), lastGoodRun(judged.run)]);
  return {
    tag: [markOf(judged), asked, usualMs, lastGoodId].join(" "),
    write: () => written(asked, judged, usualMs, lastGoodId),
  };
}

/** A judgement is known again by the process that made it, as long as it keeps it. */
const marks = new WeakMap<Judged, string>();

function markOf(judged: Judged): string {
  const mark = marks.get(judged) ?? randomUUID();
  marks.set(judged, mark);
  return mark;
}

function written(
  asked: string,
  judged: Judged,
  usualMs: number | null,
  lastGoodId: string | null,
): RunResource {
  const { run, diagnosis } = judged;
  return {
    summary: summarise(judged),
    diagnosis: diagnosisToWire(diagnosis),
    rootKey: run.root.key,
    selectedKey: asked === run.id ? null : nodeOf(run, asked),
    nodes: [...run.nodes.values()].map((node) => nodeToWire(node, judged)),
    edges: [...run.edges],
    wideEdges: run.wideEdges.map(({ from, to, origin }) => ({ from: [...from], to: [...to], origin })),
    shape: shapeOf(run),
    planKnown: run.planKnown,
    usualMs,
    lastGoodId,
    ingestNotes: notesOf(run),
    at: toWire(judged.at),
  };
}

/** Finds the run that an attempt belongs to, and judges it. */
export async function judgeNamed(
  runId: string,
  at?: Instant,
  nodeKey?: string,
): Promise<{ asked: string; judged: Judged } | undefined> {
  const asked = normaliseRunId(runId);
  if (asked === undefined) return undefined;
  const db = database();
  const root = await findRunId(db, asked);
  if (root === undefined) return undefined;
  if (at === undefined) {
    const judged = await judgePresent(db, root, nodeKey);
    return judged && { asked, judged };
  }
  const judge = async () => {
    const began = performance.now();
    const judged = await judgeRun(db, root, { at, attemptId: asked, nodeKey });
    observeDiagnosis(performance.now() - began);
    return judged;
  };
  const present = now();
  const isPast = at < present - SETTLED_AFTER_MS;
  const judged = await (isPast ? pastRuns().ask(`${at} ${asked} ${nodeKey ?? ""}`, present, judge) : judge());
  return judged && { asked, judged };
}

/** What was received so long ago is committed, ms: an answer as of then stays the same. */
const SETTLED_AFTER_MS = 60_000;
/** A run of more nodes is not kept in memory for the sake of a second question. */
const KEPT_UP_TO = 3_000;

const pastRuns = () =>
  processWide(
    "past-runs",
    () => new RecentAnswers<Judged | undefined>((judged) => (judged?.run.nodes.size ?? 0) > KEPT_UP_TO),
  );

function nodeOf(run: RunView, attemptId: string): string | null {
  for (const node of run.nodes.values()) if (node.attempts.some((a) => a.id === attemptId)) return node.key;
  return null;
}

/** The same for the same nodes and edges, so that a pipeline is laid out once. */
function shapeOf(run: RunView): string {
  const hash = createHash("sha256");
  for (const node of run.nodes.values()) hash.update(`${node.key}\0${node.parentKey ?? ""}\0`);
  for (const { from, to } of run.edges) hash.update(`${from}\0${to}\0`);
  for (const { from, to } of run.wideEdges) hash.update(`\n${from.join("\0")}\n${to.join("\0")}`);
  return hash.digest("hex").slice(0, 24);
}

function notesOf(run: RunView): RunResource["ingestNotes"] {
  const notes: RunResource["ingestNotes"] = [];
  for (const node of allNodes(run)) {
    for (const { state } of node.attempts) {
      for (const [path, note] of notesInOrder(state)) {
        notes.push({
          at: toWire(note.at),
          nodeKey: node.key,
          path,
          reason: note.value,
          eventId: note.messageId,
        });
      }
    }
  }
  return notes.slice(0, 200);
}

/** The median duration of the pipeline's latest completed runs, ms; null where there is none. */
async function usualDuration(run: RunView): Promise<number | null> {
  const rows = await database().$queryRaw<{ ms: number | null }[]>`
    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM ended_at - started_at) * 1000)::float8 AS ms
    FROM (
      SELECT started_at, ended_at FROM run
      WHERE pipeline = ${indexable(run.pipeline.name)} AND namespace = ${indexable(run.pipeline.namespace)}
        AND outcome = 'completed' AND id <> ${run.id} AND ended_at IS NOT NULL
      ORDER BY started_at DESC LIMIT 50) AS past`;
  return rows[0]?.ms ?? null;
}
