import { z } from "zod";
import { runState, verdictResource } from "./diagnosis.ts";
import { wireInstant } from "./instant.ts";
import { nodeResource } from "./runs.ts";

const outputResource = z.object({
  namespace: z.string(),
  name: z.string(),
  uri: z.string().nullable(),
  /** declared: it said it would. written: something shows that it did. committed: a version, manifest or snapshot. */
  state: z.enum(["declared", "writing", "written", "committed"]),
  declaredAt: wireInstant.nullable(),
  writtenAt: wireInstant.nullable(),
  sizeBytes: z.number().nullable(),
  rows: z.number().nullable(),
  etag: z.string().nullable(),
  version: z.string().nullable(),
  modifiedAt: wireInstant.nullable(),
  /** What shows it: statistics, version, state or end; and who saw it. */
  shownBy: z.string().nullable(),
  seenBy: z.string().nullable(),
  writtenBy: z.string().nullable(),
  /** False where it is older than the attempt, or another attempt wrote it. */
  own: z.boolean(),
  eventId: z.string().nullable(),
});
export type OutputResource = z.infer<typeof outputResource>;

const cacheComponentDiff = z.object({
  name: z.string(),
  kind: z.string(),
  before: z.string().nullable(),
  now: z.string().nullable(),
  changed: z.boolean(),
});

const cacheResource = z.object({
  status: z.string(),
  key: z.string().nullable(),
  reason: z.string().nullable(),
  reusedFrom: z.object({ attemptId: z.string(), nodeKey: z.string().nullable() }).nullable(),
  /** The earlier execution that it is compared with: the one that was asked for, else the nearest. */
  baseline: z
    .object({ attemptId: z.string(), runId: z.string(), endedAt: wireInstant, chosen: z.boolean() })
    .nullable(),
  components: z.array(cacheComponentDiff),
  at: wireInstant,
  eventId: z.string(),
});
export type CacheResource = z.infer<typeof cacheResource>;

/** An earlier execution of a node that the latest attempt's key can be compared with. */
const executionResource = z.object({
  attemptId: z.string(),
  runId: z.string(),
  outcome: z.enum(["completed", "failed", "aborted"]),
  endedAt: wireInstant,
  /** How many parts of the key differ from those of the latest attempt. */
  differing: z.number(),
});
export type ExecutionResource = z.infer<typeof executionResource>;

const lifeResource = z.object({
  firstBeatAt: wireInstant.nullable(),
  lastBeatAt: wireInstant.nullable(),
  /** Of 5 s buckets with a beat in them. */
  beats: z.number(),
  intervalMs: z.number().nullable(),
  /** promised by the source, or learned from five or more regular beats */
  intervalOrigin: z.enum(["promised", "learned"]).nullable(),
  progress: z
    .object({
      done: z.number(),
      total: z.number().nullable(),
      unit: z.string().nullable(),
      changedAt: wireInstant,
    })
    .nullable(),
  cpuSeconds: z.number().nullable(),
  rssBytes: z.number().nullable(),
  /** Starts of the 5 s buckets with a beat, at most the latest 2,000, ascending. */
  ticks: z.array(wireInstant),
  gaps: z.array(z.object({ from: wireInstant, to: wireInstant.nullable() })),
  /** When each kind of life that it ever showed was last seen. */
  signs: z.array(
    z.object({
      kind: z.enum(["beat", "progress", "log", "output", "state", "message"]),
      at: wireInstant,
      /** What it was, where that says more: the state's word, the output's name. */
      what: z.string().nullable(),
      eventId: z.string().nullable(),
    }),
  ),
});
export type LifeResource = z.infer<typeof lifeResource>;

/** Something that an attempt waited for before its work, or in between. */
const waitResource = z.object({
  /** Its own kind (queue, capacity, lock, pool, retry, …), or its source's word for the state it was in. */
  kind: z.string(),
  on: z.string().nullable(),
  holder: z
    .object({
      /** The id of the attempt that has it. */
      runId: z.string().nullable(),
      job: z.string().nullable(),
      url: z.string().nullable(),
      /** Its node, where it is of the same run. */
      nodeKey: z.string().nullable(),
      /** What is known of its run, where it is of another. */
      run: z
        .object({ pipeline: z.string(), state: z.string().nullable(), headline: z.string().nullable() })
        .nullable(),
    })
    .nullable(),
  since: wireInstant,
  /** When it ended, or ends at the latest; null where that is not told. */
  until: wireInstant.nullable(),
  /** Whether it waits for it still. */
  current: z.boolean(),
  eventId: z.string(),
});
export type WaitResource = z.infer<typeof waitResource>;

const attemptResource = z.object({
  id: z.string(),
  number: z.number(),
  status: z.enum(["waiting", "running", "superseded", "completed", "failed", "aborted"]),
  job: z.string().nullable(),
  startedAt: wireInstant.nullable(),
  endedAt: wireInstant.nullable(),
  lastHeardAt: wireInstant.nullable(),
  error: z.string().nullable(),
  host: z.string().nullable(),
  pid: z.number().nullable(),
  command: z.string().nullable(),
  logUrl: z.string().nullable(),
  url: z.string().nullable(),
  outputs: z.array(outputResource),
  inputs: z.array(z.object({ namespace: z.string(), name: z.string(), version: z.string().nullable() })),
  cache: cacheResource.nullable(),
  life: lifeResource,
  /** What it waited for, the latest first. */
  waits: z.array(waitResource),
});
export type AttemptResource = z.infer<typeof attemptResource>;

/** A measure over earlier attempts; with fewer than five it says nothing of what is usual. */
const range = z.object({ count: z.number(), median: z.number(), p95: z.number(), longest: z.number() });

/** What is usual for a node, learned from its finished attempts. */
const baselineResource = z.object({
  /** Finished attempts that it rests on. */
  samples: z.number(),
  /** Whether only those count that were started with the same parameters as the latest attempt. */
  sameParameters: z.boolean(),
  durationMs: range.nullable(),
  /** From when all that it needs is there to its start. */
  delayMs: range.nullable(),
  beatIntervalMs: range.nullable(),
  /** In a state such as Azure ML's Finalizing. */
  finalizingMs: range.nullable(),
  /** The longest pause of its log. */
  logGapMs: range.nullable(),
  /** From when all its outputs are there first to its end. */
  afterOutputsMs: range.nullable(),
  /** How many it wrote. */
  outputs: range.nullable(),
});
export type BaselineResource = z.infer<typeof baselineResource>;

/** One node with all that its panel shows. */
export const nodeDetail = z.object({
  runId: z.string(),
  node: nodeResource,
  upstream: z.array(z.object({ key: z.string(), status: nodeResource.shape.status })),
  downstream: z.array(z.object({ key: z.string(), status: nodeResource.shape.status })),
  /** What holds it first, then what is only noted. */
  verdicts: z.array(verdictResource),
  /** Newest first. */
  attempts: z.array(attemptResource),
  baseline: baselineResource,
  /** What says that it waits for an attempt of this node. */
  held: z.object({
    nodes: z.array(z.object({ key: z.string(), status: nodeResource.shape.status, kind: z.string() })),
    /** Other runs that wait for this one, by their last answers; none of a past instant. */
    runs: z.array(z.object({ id: z.string(), pipeline: z.string(), state: runState })),
  }),
  /** Earlier executions whose key's parts were told, the latest first; none where those of the latest attempt were not. */
  executions: z.array(executionResource),
  at: wireInstant,
});
export type NodeDetail = z.infer<typeof nodeDetail>;

/** A message as it was received. */
export const messageResource = z.object({
  id: z.string(),
  source: z.string(),
  type: z.string(),
  attemptId: z.string().nullable(),
  occurredAt: wireInstant,
  receivedAt: wireInstant,
  /** The verbatim text. */
  body: z.string(),
  /** What we understood of it. */
  events: z.array(z.record(z.string(), z.unknown())),
});
export type MessageResource = z.infer<typeof messageResource>;

/** Messages of a run or a node, newest first, without bodies. */
export const messageList = z.object({
  messages: z.array(messageResource.omit({ body: true, events: true }).extend({ nodeKey: z.string() })),
  nextCursor: z.string().nullable(),
});
export type MessageList = z.infer<typeof messageList>;
