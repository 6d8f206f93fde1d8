import * as z from "zod/mini";
import { runState, verdictResource } from "./diagnosis.ts";
import { wireInstant } from "./instant.ts";
import { nodeResource } from "./runs.ts";

const outputResource = z.object({
  namespace: z.string(),
  name: z.string(),
  uri: z.nullable(z.string()),
  /** declared: it said it would. written: something shows that it did. committed: a version, manifest or snapshot. */
  state: z.enum(["declared", "writing", "written", "committed"]),
  declaredAt: z.nullable(wireInstant),
  writtenAt: z.nullable(wireInstant),
  sizeBytes: z.nullable(z.number()),
  rows: z.nullable(z.number()),
  etag: z.nullable(z.string()),
  version: z.nullable(z.string()),
  modifiedAt: z.nullable(wireInstant),
  /** What shows it: statistics, version, state or end; and who saw it. */
  shownBy: z.nullable(z.string()),
  seenBy: z.nullable(z.string()),
  writtenBy: z.nullable(z.string()),
  /** False where it is older than the attempt, or another attempt wrote it. */
  own: z.boolean(),
  eventId: z.nullable(z.string()),
});
export type OutputResource = z.infer<typeof outputResource>;

const cacheComponentDiff = z.object({
  name: z.string(),
  kind: z.string(),
  before: z.nullable(z.string()),
  now: z.nullable(z.string()),
  changed: z.boolean(),
});

const cacheResource = z.object({
  status: z.string(),
  key: z.nullable(z.string()),
  reason: z.nullable(z.string()),
  reusedFrom: z.nullable(z.object({ attemptId: z.string(), nodeKey: z.nullable(z.string()) })),
  /** The earlier execution that it is compared with: the one that was asked for, else the nearest. */
  baseline: z.nullable(
    z.object({ attemptId: z.string(), runId: z.string(), endedAt: wireInstant, chosen: z.boolean() }),
  ),
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
  firstBeatAt: z.nullable(wireInstant),
  lastBeatAt: z.nullable(wireInstant),
  /** Of 5 s buckets with a beat in them. */
  beats: z.number(),
  intervalMs: z.nullable(z.number()),
  /** promised by the source, or learned from five or more regular beats */
  intervalOrigin: z.nullable(z.enum(["promised", "learned"])),
  progress: z.nullable(
    z.object({
      done: z.number(),
      total: z.nullable(z.number()),
      unit: z.nullable(z.string()),
      changedAt: wireInstant,
    }),
  ),
  cpuSeconds: z.nullable(z.number()),
  rssBytes: z.nullable(z.number()),
  /** Starts of the 5 s buckets with a beat, at most the latest 2,000, ascending. */
  ticks: z.array(wireInstant),
  gaps: z.array(z.object({ from: wireInstant, to: z.nullable(wireInstant) })),
  /** When each kind of life that it ever showed was last seen. */
  signs: z.array(
    z.object({
      kind: z.enum(["beat", "progress", "log", "output", "state", "message"]),
      at: wireInstant,
      /** What it was, where that says more: the state's word, the output's name. */
      what: z.nullable(z.string()),
      eventId: z.nullable(z.string()),
    }),
  ),
});
export type LifeResource = z.infer<typeof lifeResource>;

/** Something that an attempt waited for before its work, or in between. */
const waitResource = z.object({
  /** Its own kind (queue, capacity, lock, pool, retry, …), or its source's word for the state it was in. */
  kind: z.string(),
  on: z.nullable(z.string()),
  holder: z.nullable(
    z.object({
      /** The id of the attempt that has it. */
      runId: z.nullable(z.string()),
      job: z.nullable(z.string()),
      url: z.nullable(z.string()),
      /** Its node, where it is of the same run. */
      nodeKey: z.nullable(z.string()),
      /** What is known of its run, where it is of another. */
      run: z.nullable(
        z.object({ pipeline: z.string(), state: z.nullable(z.string()), headline: z.nullable(z.string()) }),
      ),
    }),
  ),
  since: wireInstant,
  /** When it ended, or ends at the latest; null where that is not told. */
  until: z.nullable(wireInstant),
  /** Whether it waits for it still. */
  current: z.boolean(),
  eventId: z.string(),
});
export type WaitResource = z.infer<typeof waitResource>;

const attemptResource = z.object({
  id: z.string(),
  number: z.number(),
  status: z.enum(["waiting", "running", "superseded", "completed", "failed", "aborted"]),
  job: z.nullable(z.string()),
  startedAt: z.nullable(wireInstant),
  endedAt: z.nullable(wireInstant),
  lastHeardAt: z.nullable(wireInstant),
  error: z.nullable(z.string()),
  host: z.nullable(z.string()),
  pid: z.nullable(z.number()),
  command: z.nullable(z.string()),
  logUrl: z.nullable(z.string()),
  url: z.nullable(z.string()),
  outputs: z.array(outputResource),
  inputs: z.array(z.object({ namespace: z.string(), name: z.string(), version: z.nullable(z.string()) })),
  cache: z.nullable(cacheResource),
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
  durationMs: z.nullable(range),
  /** From when all that it needs is there to its start. */
  delayMs: z.nullable(range),
  beatIntervalMs: z.nullable(range),
  /** In a state such as Azure ML's Finalizing. */
  finalizingMs: z.nullable(range),
  /** The longest pause of its log. */
  logGapMs: z.nullable(range),
  /** From when all its outputs are there first to its end. */
  afterOutputsMs: z.nullable(range),
  /** How many it wrote. */
  outputs: z.nullable(range),
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
  attemptId: z.nullable(z.string()),
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
  messages: z.array(z.extend(z.omit(messageResource, { body: true, events: true }), { nodeKey: z.string() })),
  nextCursor: z.nullable(z.string()),
});
export type MessageList = z.infer<typeof messageList>;
