import * as z from "zod/mini";
import { storableText } from "../base/storable-text.ts";
import { diagnosisResource, runState } from "./diagnosis.ts";
import { wireInstant } from "./instant.ts";

/** A stretch of a life line, as parts (0 to 1) of the time from the attempt's start to its end or now. */
export const stripSegment = z.object({
  from: z.number(),
  to: z.number(),
  kind: z.enum(["beat", "gap", "dim"]),
});
export type StripSegment = z.infer<typeof stripSegment>;

export const outcome = z.enum(["completed", "failed", "aborted"]);

/** One row of the run list. */
export const runSummary = z.object({
  id: z.string(),
  pipeline: z.string(),
  namespace: z.string(),
  source: z.string(),
  integration: z.nullable(z.string()),
  state: runState,
  outcome: z.nullable(outcome),
  headline: z.string(),
  /** The rule, node, command and weight of the first blocker; of a run that nothing holds, the rule of what is noted. */
  rule: z.nullable(z.string()),
  certainty: z.nullable(z.enum(["proven", "likely", "possible"])),
  blocker: z.nullable(z.string()),
  holds: z.number(),
  command: z.nullable(z.string()),
  /** Since when it makes no progress. */
  since: z.nullable(wireInstant),
  startedAt: z.nullable(wireInstant),
  endedAt: z.nullable(wireInstant),
  lastSignAt: z.nullable(wireInstant),
  nodesDone: z.number(),
  nodesReused: z.number(),
  nodesTotal: z.number(),
  strip: z.array(stripSegment),
});
export type RunSummary = z.infer<typeof runSummary>;

export const runList = z.object({
  runs: z.array(runSummary),
  /** Give it back as `cursor` for the next page; null on the last. */
  nextCursor: z.nullable(z.string()),
});
export type RunList = z.infer<typeof runList>;

/** What needs attention: worst first, with how many runs are open in all. */
export const attentionList = z.object({
  runs: z.array(runSummary),
  attention: z.number(),
  open: z.number(),
  /** No run is stored at all. */
  empty: z.boolean(),
  at: wireInstant,
});
export type AttentionList = z.infer<typeof attentionList>;

/** What the filters offer: the values that occur. */
export const runFacets = z.object({
  pipelines: z.array(z.string()),
  sources: z.array(z.string()),
  rules: z.array(z.string()),
});
export type RunFacets = z.infer<typeof runFacets>;

/** A text to be compared with stored ones: what Postgres could not hold, none of them has. */
const word = z.pipe(
  z.string(),
  z.transform((text) => storableText(text)),
);
const words = () => z._default(z.array(word), []);
/** The filters of the run list, as the URL and the API take them. Lists are comma-separated (name-list.ts). */
export const runQuery = z.object({
  /** A part of a name, an id or a headline. Of runs older than the newest 2,000: see run-search.ts. */
  q: z.optional(
    z.pipe(
      z.string().check(z.maxLength(200)),
      z.transform((text) => storableText(text)),
    ),
  ),
  state: z._default(z.array(z.enum([...runState.options, "open"])), []),
  rule: words(),
  pipeline: words(),
  source: words(),
  /** Started within: `1h`, `24h`, `7d`, `30d`. */
  within: z.optional(z.enum(["1h", "24h", "7d", "30d"])),
  cursor: z.optional(z.string().check(z.maxLength(500))),
  limit: z._default(z.number().check(z.int(), z.minimum(1), z.maximum(200)), 50),
});
export type RunQuery = z.infer<typeof runQuery>;

export const nodeStatus = z.enum([
  "planned",
  "waiting",
  "running",
  "completed",
  "reused",
  "failed",
  "aborted",
  "skipped",
]);
export type NodeStatusName = z.infer<typeof nodeStatus>;

/** A node as the graph draws it. */
export const nodeResource = z.object({
  key: z.string(),
  label: z.string(),
  parentKey: z.nullable(z.string()),
  group: z.nullable(z.string()),
  planned: z.boolean(),
  status: nodeStatus,
  attempts: z.number(),
  startedAt: z.nullable(wireInstant),
  endedAt: z.nullable(wireInstant),
  /** How the cache decided, one line of why, and whether it ran though it had been executed before. */
  cache: z.nullable(z.object({ status: z.string(), reason: z.string(), reran: z.boolean() })),
  strip: z.array(stripSegment),
  /** What holds it, where it is judged: the rule, its few words, and how many nodes it holds. */
  verdict: z.nullable(
    z.object({
      rule: z.string(),
      ruleClass: z.enum(["stuck", "waiting", "alive", "note", "unknown"]),
      certainty: z.enum(["proven", "likely", "possible"]),
      short: z.string(),
      since: wireInstant,
    }),
  ),
  blocker: z.boolean(),
  holds: z.number(),
});
export type NodeResource = z.infer<typeof nodeResource>;

const edgeOrigin = z.enum(["plan", "job-dependency", "task-upstream", "dataset"]);
const edgeResource = z.object({ from: z.string(), to: z.string(), origin: edgeOrigin });
/** Many edges told as one: each of `to` comes after each of `from`. */
const wideEdgeResource = z.object({ from: z.array(z.string()), to: z.array(z.string()), origin: edgeOrigin });

/** A whole run: its answer, its graph. */
export const runResource = z.object({
  summary: runSummary,
  diagnosis: diagnosisResource,
  rootKey: z.string(),
  /** The node that was asked for by a child's run id, where it was. */
  selectedKey: z.nullable(z.string()),
  nodes: z.array(nodeResource),
  edges: z.array(edgeResource),
  /** Edges between mapped steps of many instances, which are not among `edges`. */
  wideEdges: z.array(wideEdgeResource),
  /** Same for the same nodes and edges: layouts are kept by it. */
  shape: z.string(),
  planKnown: z.boolean(),
  /** Usual duration of the pipeline's finished runs, ms, where there are any. */
  usualMs: z.nullable(z.number()),
  /** The last run of the pipeline that completed before this one, where there is one. */
  lastGoodId: z.nullable(z.string()),
  ingestNotes: z.array(
    z.object({
      at: wireInstant,
      nodeKey: z.string(),
      path: z.string(),
      reason: z.string(),
      eventId: z.string(),
    }),
  ),
  at: wireInstant,
});
export type RunResource = z.infer<typeof runResource>;
