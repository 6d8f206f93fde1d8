/**
 * The canonical vocabulary. Glossary:
 *
 * source   a system that facts come from, named by its namespace ("airflow-prod")
 * event    one thing that happened, past tense; translated from a source's own message, which is kept verbatim
 * attempt  one try at a node; its id is the source's own run id
 * node     one step of a run's DAG, planned or seen
 * run      one execution of a whole pipeline: the attempt that no other attempt is the parent of, and all below it
 *
 * Every event can be folded in any order and more than once: what an event says never depends on another one.
 * Retries, mapped instances and loop turns are told apart by what the event says, never by arrival.
 */
import { z } from "zod";
import type { Instant } from "../base/instant.ts";

/** An instant in the log: whole ms since the epoch. */
const at = z
  .number()
  .int()
  .transform((ms) => ms as Instant);

export const jobRef = z.object({ namespace: z.string(), name: z.string() });
/** A job as its source names it: the pipeline, or one step of it. */
export type JobRef = z.infer<typeof jobRef>;

const attemptRef = z.object({ attemptId: z.string(), job: jobRef.optional() });

/** What a component of a cache key stands for. */
export const digestKind = z.enum([
  "code",
  "parameter",
  "input",
  "environment",
  "output",
  "setting",
  "upstream",
  "other",
]);

export const cacheComponent = z.object({
  name: z.string(),
  kind: digestKind,
  digest: z.string(),
  value: z.string().optional(),
});
export type CacheComponent = z.infer<typeof cacheComponent>;

export const cacheStatus = z.enum([
  "HIT",
  "MISS",
  "DISABLED",
  "BYPASSED",
  "POPULATED",
  "LOOKUP_FAILED",
  "STORE_FAILED",
  "EVICTED",
  "WAITING",
]);

export type CacheStatus = z.infer<typeof cacheStatus>;

export const triggerRule = z.enum([
  "all-success",
  "all-done",
  "one-success",
  "none-failed",
  "one-done",
  "always",
]);
/** When a node may start, given how its upstreams ended. */
export type TriggerRule = z.infer<typeof triggerRule>;

const edgeOrigin = z.enum(["plan", "job-dependency", "task-upstream", "dataset"]);

const plannedNode = z.object({
  key: z.string(),
  job: jobRef.optional(),
  group: z.string().optional(),
  operator: z.string().optional(),
  trigger: triggerRule.optional(),
  /** False where the source says that this step will never send an event of its own. */
  expectsEvents: z.boolean(),
});
const plannedEdge = z.object({ from: z.string(), to: z.string(), trigger: triggerRule.optional() });

/** What is common to all events: which message told it, of which attempt, and the two clocks. */
const common = {
  /** Hash of the message that told it; also the address of the verbatim message. */
  messageId: z.string(),
  /** The source's name. */
  source: z.string(),
  attemptId: z.string(),
  /** Their clock. */
  occurredAt: at,
  /** Our clock, when the message was first received. */
  receivedAt: at,
};

const attemptObserved = z.object({
  ...common,
  type: z.literal("attempt.observed"),
  job: jobRef,
  parent: attemptRef.optional(),
  root: attemptRef.optional(),
  producer: z.string().optional(),
  /** The orchestrator or engine, in lower case: airflow, spark, dbt, flink, azureml, … */
  integration: z.string().optional(),
  /** What kind of thing this is in the source's words: DAG, TASK, QUERY, MODEL, … */
  jobKind: z.string().optional(),
  processing: z.enum(["batch", "streaming", "service"]).optional(),
  nodeKey: z.string().optional(),
  number: z.number().int().optional(),
  mapIndex: z.number().int().optional(),
  loopKey: z.string().optional(),
  /** How many tries the source allows in all, where it says so. */
  maxAttempts: z.number().int().optional(),
  nominalStart: at.optional(),
  nominalEnd: at.optional(),
  queuedAt: at.optional(),
  logUrl: z.string().optional(),
  operator: z.string().optional(),
  trigger: triggerRule.optional(),
  /** A deadline that the source itself set, in ms of running time. */
  timeoutMs: z.number().optional(),
  /** The version of its code, as its source control names it; where that is not told, the address of the code. */
  codeVersion: z.string().optional(),
  /** The parameters that it was started with, by their keys. */
  parameters: z.record(z.string(), z.string()).optional(),
  /** What runs it, with its version: `Airflow 2.10.0`. */
  engine: z.string().optional(),
  /** The address under which a person finds this attempt in its source. */
  url: z.string().optional(),
  /** The pipeline's or step's name and run as the source's own command line wants them. */
  handle: z.record(z.string(), z.string()).optional(),
});

const attemptStarted = z.object({ ...common, type: z.literal("attempt.started") });
const attemptEnded = z.object({
  ...common,
  type: z.literal("attempt.ended"),
  outcome: z.enum(["completed", "failed", "aborted"]),
  error: z.string().optional(),
});
/** Alive: a RUNNING message or a beat. */
const attemptBeat = z.object({
  ...common,
  type: z.literal("attempt.beat"),
  sequence: z.number().optional(),
  progress: z
    .object({ done: z.number(), total: z.number().optional(), unit: z.string().optional() })
    .optional(),
  cpuSeconds: z.number().optional(),
  rssBytes: z.number().optional(),
});
/** Something was said that neither starts, beats nor ends: OTHER, or a message without a type. */
const attemptNoted = z.object({ ...common, type: z.literal("attempt.noted") });
/** The source told in which state the attempt is, in its own word: `CancelRequested`, `Queued`, `NotResponding`, … */
const stateTold = z.object({ ...common, type: z.literal("state.told"), state: z.string() });
/** The source promised a beat at least every `intervalMs`. */
const beatPromised = z.object({
  ...common,
  type: z.literal("beat.promised"),
  intervalMs: z.number().positive(),
});

const dataset = z.object({ namespace: z.string(), name: z.string() });

const outputDeclared = z.object({
  ...common,
  type: z.literal("output.declared"),
  dataset,
  uri: z.string().optional(),
});
const outputWritten = z.object({
  ...common,
  type: z.literal("output.written"),
  dataset,
  /** What shows that it was written. `end` is the output list of a terminal message. */
  shownBy: z.enum(["statistics", "version", "state", "end"]),
  uri: z.string().optional(),
  sizeBytes: z.number().optional(),
  rows: z.number().optional(),
  files: z.number().optional(),
  etag: z.string().optional(),
  checksum: z.string().optional(),
  version: z.string().optional(),
  modifiedAt: at.optional(),
  /** The attempt that wrote it, where that is told; otherwise the attempt that told of it. */
  writtenBy: z.string().optional(),
  seenBy: z.string().optional(),
});
/** An output is being written and is not whole yet. */
const outputGrew = z.object({
  ...common,
  type: z.literal("output.grew"),
  dataset,
  uri: z.string().optional(),
  sizeBytes: z.number().optional(),
});
const inputRead = z.object({
  ...common,
  type: z.literal("input.read"),
  dataset,
  version: z.string().optional(),
});

/** The columns of a dataset as an attempt read or wrote it, in the order that was told. */
const columnsTold = z.object({
  ...common,
  type: z.literal("columns.told"),
  dataset,
  as: z.enum(["input", "output"]),
  columns: z.array(z.object({ name: z.string(), type: z.string().optional() })),
});
/** An assertion was checked, by this attempt: on a dataset, or on what it makes as a whole where none is named. */
const datasetChecked = z.object({
  ...common,
  type: z.literal("dataset.checked"),
  dataset: dataset.optional(),
  assertion: z.string(),
  column: z.string().optional(),
  success: z.boolean(),
  /** `warn` where a failure blocks nothing. */
  severity: z.string().optional(),
  expected: z.string().optional(),
  actual: z.string().optional(),
});

const planDeclared = z.object({
  ...common,
  type: z.literal("plan.declared"),
  nodes: z.array(plannedNode),
  edges: z.array(plannedEdge),
});
/** This attempt's node depends on other nodes of the same parent, by their key. */
const dependencyDeclared = z.object({
  ...common,
  type: z.literal("dependency.declared"),
  origin: edgeOrigin,
  /** Names of jobs (as the source names them) or of sibling steps. */
  upstream: z.array(
    z.object({ job: jobRef.optional(), nodeKey: z.string().optional(), attemptId: z.string().optional() }),
  ),
  downstream: z.array(
    z.object({ job: jobRef.optional(), nodeKey: z.string().optional(), attemptId: z.string().optional() }),
  ),
  trigger: triggerRule.optional(),
});
/** The orchestrator told, with the end of the whole, how each step ended, steps without events of their own included. */
const stepsSettled = z.object({
  ...common,
  type: z.literal("steps.settled"),
  states: z.record(z.string(), z.string().nullable()),
});

const cacheDecided = z.object({
  ...common,
  type: z.literal("cache.decided"),
  status: cacheStatus,
  key: z.string().optional(),
  components: z.array(cacheComponent),
  reusedFrom: z.object({ attemptId: z.string(), nodeKey: z.string().optional() }).optional(),
  reason: z.string().optional(),
});
const waitReported = z.object({
  ...common,
  type: z.literal("wait.reported"),
  kind: z.string(),
  on: z.string().optional(),
  holder: z
    .object({ attemptId: z.string().optional(), job: z.string().optional(), url: z.string().optional() })
    .optional(),
  since: at.optional(),
  until: at.optional(),
});
const computeReported = z.object({
  ...common,
  type: z.literal("compute.reported"),
  kind: z.string(),
  target: z.string().optional(),
  message: z.string().optional(),
  count: z.number().optional(),
});
const processReported = z.object({
  ...common,
  type: z.literal("process.reported"),
  host: z.string().optional(),
  pid: z.number().optional(),
  containerImage: z.string().optional(),
  command: z.string().optional(),
  logUrl: z.string().optional(),
  lastLogAt: at.optional(),
  logTail: z.string().optional(),
  /** How the process ended, as its shell tells: 128 and the signal's number where a signal ended it. */
  exitCode: z.number().int().optional(),
});
/** A part of a message could not be read; the rest was. */
const ingestNoted = z.object({
  ...common,
  type: z.literal("ingest.noted"),
  path: z.string(),
  reason: z.string(),
});

export const event = z.discriminatedUnion("type", [
  attemptObserved,
  attemptStarted,
  attemptEnded,
  attemptBeat,
  attemptNoted,
  stateTold,
  beatPromised,
  outputDeclared,
  outputWritten,
  outputGrew,
  inputRead,
  columnsTold,
  datasetChecked,
  planDeclared,
  dependencyDeclared,
  stepsSettled,
  cacheDecided,
  waitReported,
  computeReported,
  processReported,
  ingestNoted,
]);

/** One thing that happened. */
export type Event = z.infer<typeof event>;
export type EventOf<T extends Event["type"]> = Extract<Event, { type: T }>;

/** An event before it is known when we received it: what a translator gives. */
export type Told = DistributiveOmit<Event, "receivedAt" | "messageId">;
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
