import * as z from "zod/mini";
import { storableText } from "../base/storable-text.ts";
import { runState } from "./diagnosis.ts";
import { wireInstant } from "./instant.ts";
import { nodeStatus, outcome } from "./runs.ts";

/** How durations lie, ms: how many there are, the one in the middle, and the one that 95 of 100 do not exceed. */
const spreadResource = z.object({ samples: z.number(), medianMs: z.number(), p95Ms: z.number() });
export type SpreadResource = z.infer<typeof spreadResource>;

/** A run as a mark in its pipeline's row. */
export const runMark = z.object({
  id: z.string(),
  state: runState,
  outcome: z.nullable(outcome),
  startedAt: wireInstant,
  endedAt: z.nullable(wireInstant),
});
export type RunMark = z.infer<typeof runMark>;

const pipelineSummary = z.object({
  namespace: z.string(),
  name: z.string(),
  source: z.string(),
  integration: z.nullable(z.string()),
  /** Runs that have not finished, and those of them that need a person. */
  openRuns: z.number(),
  attention: z.number(),
  /** Newest first, at most 20. */
  latest: z.array(runMark),
  /** Of those of its latest runs that completed. */
  usual: z.nullable(spreadResource),
});
export type PipelineSummary = z.infer<typeof pipelineSummary>;

/** Pipelines: those that need attention first, then by their latest run. */
export const pipelineList = z.object({
  pipelines: z.array(pipelineSummary),
  /** How many match, of which the list may hold only the first. */
  total: z.number(),
  at: wireInstant,
});
export type PipelineList = z.infer<typeof pipelineList>;

export const pipelineListQuery = z.object({
  q: z._default(
    z.pipe(
      z.string().check(z.maxLength(200)),
      z.transform((text) => storableText(text).trim()),
    ),
    "",
  ),
});

/** A run as a column of its pipeline's history. */
const pipelineRun = z.extend(runMark, {
  headline: z.string(),
  /** What led its answer last, and the node that held most. */
  rule: z.nullable(z.string()),
  blocker: z.nullable(z.string()),
  nodesDone: z.number(),
  nodesReused: z.number(),
  nodesTotal: z.number(),
  /** For how long it was stuck; null where it was never looked at while it was open. */
  stuckMs: z.nullable(z.number()),
  /** Nodes on which a cache decided; null where that was not counted. */
  cacheAsked: z.nullable(z.number()),
});
export type PipelineRun = z.infer<typeof pipelineRun>;

const gridRow = z.object({
  key: z.string(),
  label: z.string(),
  /** The group or mapped step that it belongs to, or the node that it is below. */
  group: z.nullable(z.string()),
  /** The newest run has no such node. */
  gone: z.boolean(),
  /** Learned from the attempts in this grid that completed and were not reused. */
  usual: z.nullable(spreadResource),
});
export type GridRow = z.infer<typeof gridRow>;

/** Row, how the node stood at the end, how long its latest attempt took (ms, null where not known), how many attempts. */
const gridCell = z.tuple([z.number(), nodeStatus, z.nullable(z.number()), z.number()]);

/** Nodes by runs. Of a pipeline with very many nodes it holds fewer runs. */
const pipelineGrid = z.object({
  /** What precedes stands above. */
  rows: z.array(gridRow),
  /** Newest first. */
  columns: z.array(z.object({ runId: z.string(), cells: z.array(gridCell) })),
});
export type PipelineGrid = z.infer<typeof pipelineGrid>;

/** A pipeline with the history of its runs. */
export const pipelineDetail = z.object({
  namespace: z.string(),
  name: z.string(),
  source: z.string(),
  integration: z.nullable(z.string()),
  totalRuns: z.number(),
  /** Newest first, at most 50. */
  runs: z.array(pipelineRun),
  /** Of those that completed. */
  usual: z.nullable(spreadResource),
  /** Rules that held these runs or were noted of them, by how many runs; `held` of them held the run for a time. */
  causes: z.array(z.object({ rule: z.string(), runs: z.number(), held: z.number() })),
  /** Nodes on which a cache decided, and those that were reused, in all of these runs. */
  cache: z.object({ asked: z.number(), reused: z.number() }),
  grid: pipelineGrid,
  at: wireInstant,
});
export type PipelineDetail = z.infer<typeof pipelineDetail>;
