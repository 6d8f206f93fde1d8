/**
 * The OpenLineage message, versions 1 and 2, read leniently: what makes a message useless (no id, no name, no time)
 * refuses it, what is merely bad is noted and left out. Which of the three kinds it is shows in its structure, never in
 * its `schemaURL`, which real producers leave out or get wrong.
 */
import { z } from "zod";
import { type Instant, parseInstant } from "../../base/instant.ts";
import { isObject, type Problem, pathText, reasonOf, shown } from "./lenient.ts";
import { LONGEST_RUN_ID, normaliseRunId } from "./run-id.ts";

const EVENT_TYPES = ["START", "RUNNING", "COMPLETE", "FAIL", "ABORT", "OTHER"] as const;
type EventType = (typeof EVENT_TYPES)[number];

/** Facets as they came: each is read with its own schema, where it is wanted. */
export type Facets = Readonly<Record<string, unknown>>;

interface JobPart {
  readonly namespace: string;
  readonly name: string;
  readonly facets: Facets;
}

/** A dataset that a message lists. */
export interface DatasetPart {
  /** Where in the message it stands, such as `outputs[2]`. */
  readonly path: string;
  readonly namespace: string;
  readonly name: string;
  readonly facets: Facets;
  /** `inputFacets` or `outputFacets`. */
  readonly ownFacets: Facets;
}

interface AnyMessage {
  readonly eventTime: Instant;
  readonly producer?: string;
  /** What was left out of it in reading. */
  readonly notes: readonly Problem[];
}

export interface RunMessage extends AnyMessage {
  readonly kind: "run";
  /** Absent where the message has none, or one that we do not know. */
  readonly eventType?: EventType;
  readonly run: { readonly runId: string; readonly facets: Facets };
  readonly job: JobPart;
  readonly inputs: readonly DatasetPart[];
  readonly outputs: readonly DatasetPart[];
}

interface JobMessage extends AnyMessage {
  readonly kind: "job";
  readonly job: JobPart;
  readonly inputs: readonly DatasetPart[];
  readonly outputs: readonly DatasetPart[];
}

interface DatasetMessage extends AnyMessage {
  readonly kind: "dataset";
  readonly dataset: DatasetPart;
}

export type Message = RunMessage | JobMessage | DatasetMessage;

type ReadMessage =
  | { readonly ok: true; readonly message: Message }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const eventTime = z
  .string({
    error: ({ input }) => `an ISO 8601 date-time like "2026-01-31T09:30:00Z" expected, got ${shown(input)}`,
  })
  .transform((text, context) => {
    const at = parseInstant(text);
    if (at !== undefined) return at;
    context.addIssue({ code: "custom", message: `no ISO 8601 date-time: ${shown(text)}` });
    return z.NEVER;
  });

const runId = z
  .string({ error: ({ input }) => `the run's id expected, a text, got ${shown(input)}` })
  .transform((text, context) => {
    const id = normaliseRunId(text);
    if (id !== undefined) return id;
    const message =
      text.trim() === "" ? "an id must not be empty" : `an id has at most ${LONGEST_RUN_ID} characters`;
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  });

const name = z
  .string({ error: ({ input }) => `a name expected, a text, got ${shown(input)}` })
  .refine((text) => text.trim() !== "", "a name must not be empty");

const object = { error: ({ input }: { input?: unknown }) => `an object expected, got ${shown(input)}` };
const job = z.object({ namespace: name, name, facets: z.unknown().optional() }, object);
const common = { eventTime, producer: z.unknown().optional() };
const lists = { inputs: z.unknown().optional(), outputs: z.unknown().optional() };

const runEvent = z.object({
  ...common,
  ...lists,
  eventType: z.unknown().optional(),
  run: z.object({ runId, facets: z.unknown().optional() }, object),
  job,
});
const jobEvent = z.object({ ...common, ...lists, job });
const datasetEvent = z.object({
  ...common,
  dataset: z.object({ namespace: name, name, facets: z.unknown().optional() }, object),
});

/** Reads one message of the lineage endpoint. Never throws, whatever the JSON. */
export function readMessage(json: unknown): ReadMessage {
  if (!isObject(json)) return refuse([{ path: "", reason: `an event is a JSON object, got ${shown(json)}` }]);
  const notes: Problem[] = [];
  if (has(json, "run")) return readRunEvent(json, notes);
  if (has(json, "job")) return readJobEvent(json, notes);
  if (has(json, "dataset")) return readDatasetEvent(json, notes);
  return refuse([{ path: "", reason: "no OpenLineage event: it has neither `run` nor `job` nor `dataset`" }]);
}

function readRunEvent(json: Facets, notes: Problem[]): ReadMessage {
  const read = runEvent.safeParse(json);
  if (!read.success) return refuse(problemsOf(read.error, json));
  const { run, job } = read.data;
  const eventType = eventTypeOf(read.data.eventType, notes);
  const message: RunMessage = {
    kind: "run",
    eventTime: read.data.eventTime,
    ...producerOf(read.data.producer, notes),
    ...(eventType && { eventType }),
    run: { runId: run.runId, facets: facetsOf(run.facets, "run.facets", notes) },
    job: { namespace: job.namespace, name: job.name, facets: facetsOf(job.facets, "job.facets", notes) },
    inputs: datasetsOf(read.data.inputs, "inputs", "inputFacets", notes),
    outputs: datasetsOf(read.data.outputs, "outputs", "outputFacets", notes),
    notes,
  };
  return { ok: true, message };
}

function readJobEvent(json: Facets, notes: Problem[]): ReadMessage {
  const read = jobEvent.safeParse(json);
  if (!read.success) return refuse(problemsOf(read.error, json));
  const { job } = read.data;
  const message: JobMessage = {
    kind: "job",
    eventTime: read.data.eventTime,
    ...producerOf(read.data.producer, notes),
    job: { namespace: job.namespace, name: job.name, facets: facetsOf(job.facets, "job.facets", notes) },
    inputs: datasetsOf(read.data.inputs, "inputs", "inputFacets", notes),
    outputs: datasetsOf(read.data.outputs, "outputs", "outputFacets", notes),
    notes,
  };
  return { ok: true, message };
}

function readDatasetEvent(json: Facets, notes: Problem[]): ReadMessage {
  const read = datasetEvent.safeParse(json);
  if (!read.success) return refuse(problemsOf(read.error, json));
  const { namespace, name, facets } = read.data.dataset;
  const message: DatasetMessage = {
    kind: "dataset",
    eventTime: read.data.eventTime,
    ...producerOf(read.data.producer, notes),
    dataset: {
      path: "dataset",
      namespace,
      name,
      facets: facetsOf(facets, "dataset.facets", notes),
      ownFacets: {},
    },
    notes,
  };
  return { ok: true, message };
}

function eventTypeOf(given: unknown, notes: Problem[]): EventType | undefined {
  if (given === undefined || given === null) return undefined;
  const wanted = typeof given === "string" ? given.trim().toUpperCase() : undefined;
  const known = EVENT_TYPES.find((type) => type === wanted);
  if (!known) notes.push({ path: "eventType", reason: `unknown event type, read as OTHER: ${shown(given)}` });
  return known;
}

function producerOf(given: unknown, notes: Problem[]): { producer?: string } {
  if (given === undefined || given === null) return {};
  if (typeof given === "string") return given === "" ? {} : { producer: given };
  notes.push({ path: "producer", reason: `a text expected, got ${shown(given)}` });
  return {};
}

function facetsOf(given: unknown, path: string, notes: Problem[]): Facets {
  if (isObject(given)) return given;
  if (given !== undefined && given !== null)
    notes.push({ path, reason: `an object expected, got ${shown(given)}` });
  return {};
}

function datasetsOf(
  given: unknown,
  list: "inputs" | "outputs",
  own: "inputFacets" | "outputFacets",
  notes: Problem[],
): DatasetPart[] {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given)) {
    notes.push({ path: list, reason: `an array expected, got ${shown(given)}` });
    return [];
  }
  return given.flatMap((entry: unknown, i) => {
    const path = `${list}[${i}]`;
    if (!isObject(entry)) {
      notes.push({ path, reason: `an object expected, got ${shown(entry)}` });
      return [];
    }
    const { namespace, name, facets } = entry as { namespace?: unknown; name?: unknown; facets?: unknown };
    if (typeof name !== "string" || name.trim() === "") {
      notes.push({ path: `${path}.name`, reason: `left out, for it has no name: ${shown(name)}` });
      return [];
    }
    if (typeof namespace !== "string") {
      notes.push({ path: `${path}.namespace`, reason: `a text expected, got ${shown(namespace)}` });
    }
    return [
      {
        path,
        namespace: typeof namespace === "string" ? namespace : "",
        name,
        facets: facetsOf(facets, `${path}.facets`, notes),
        ownFacets: facetsOf(entry[own], `${path}.${own}`, notes),
      },
    ];
  });
}

function has(json: Facets, key: string): boolean {
  return Object.hasOwn(json, key) && json[key] !== undefined;
}

function refuse(problems: readonly Problem[]): ReadMessage {
  return { ok: false, problems };
}

function problemsOf(error: z.ZodError, json: unknown): Problem[] {
  return error.issues.map((issue) => ({ path: pathText("", issue.path), reason: reasonOf(issue, json) }));
}
