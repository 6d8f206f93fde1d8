import { assertNever } from "../base/assert-never.ts";
import { byCodeUnit } from "../base/compare.ts";
import type { Instant } from "../base/instant.ts";
import type { CacheComponent, Event, EventOf } from "../events/event.ts";
import { stateWord } from "../events/state-word.ts";
import type { Projection } from "./projection.ts";
import { firstOf, lastOf, type Moment, momentOf, type Register, write } from "./register.ts";

type Observed = EventOf<"attempt.observed">;

/** What a source says an attempt is: each field on its own, the newest that was said. */
export type AttemptFacts = {
  readonly [K in Exclude<
    keyof Observed,
    "type" | "messageId" | "source" | "attemptId" | "occurredAt" | "receivedAt"
  >]?: Register<NonNullable<Observed[K]>>;
};

/** A dataset that an attempt produces, and how far that is known to have come. */
export interface OutputState {
  readonly namespace: string;
  readonly name: string;
  readonly declared?: Moment;
  /** First and latest time that something showed it written, with what was shown the latest time. */
  readonly firstWritten?: Moment;
  readonly written?: Register<
    Omit<
      EventOf<"output.written">,
      "type" | "dataset" | "messageId" | "source" | "attemptId" | "occurredAt" | "receivedAt"
    >
  >;
  readonly committed?: Register<string>;
  readonly grew?: Register<{ sizeBytes?: number | undefined }>;
  readonly uri?: Register<string>;
}

export interface InputState {
  readonly namespace: string;
  readonly name: string;
  readonly first: Moment;
  readonly version?: Register<string>;
}

/** One word of the source for the attempt's state, as it writes it. */
export interface StateTold {
  readonly first: Moment;
  readonly last: Register<string>;
}

/** One thing that the attempt said it waited for. */
export interface WaitTold {
  readonly first: Moment;
  readonly last: Register<Payload<"wait.reported">>;
}

/** What is known of how the cache was asked. */
export interface CacheState {
  readonly status: Register<EventOf<"cache.decided">["status"]>;
  readonly key?: Register<string>;
  readonly components?: Register<readonly CacheComponent[]>;
  readonly reusedFrom?: Register<{ attemptId: string; nodeKey?: string | undefined }>;
  readonly reason?: Register<string>;
}

type Payload<T extends Event["type"]> = Omit<
  EventOf<T>,
  "type" | "messageId" | "source" | "attemptId" | "occurredAt" | "receivedAt"
>;

/** What is known of a dataset's columns, as an attempt read or wrote it. */
export type Columns = Payload<"columns.told">;
/** How one assertion on a dataset came out. */
export type Check = Payload<"dataset.checked">;
export type Outcome = EventOf<"attempt.ended">["outcome"];

/** All that was ever said of one attempt, save its beats (see life-signs.ts). A plain value that JSON can hold. */
export interface AttemptState {
  readonly id: string;
  /** The name of the source that spoke of it; the least name where several did. */
  readonly source?: string;
  readonly facts: AttemptFacts;
  /** The first and the last thing said of it, by their clock. */
  readonly first?: Moment;
  readonly last?: Moment;
  readonly firstReceivedAt?: Instant;
  readonly lastReceivedAt?: Instant;
  /** The least and the greatest of (received − occurred), ms: a producer's skew, or how late an import came. */
  readonly minLagMs?: number;
  readonly maxLagMs?: number;
  readonly started?: Moment;
  /** The latest start: a deferred or rescheduled attempt starts again under the same id. */
  readonly resumed?: Moment;
  /** The latest end of each kind; several kinds mean that the source contradicted itself. */
  readonly ends: { readonly [K in Outcome]?: Register<{ error?: string | undefined }> };
  readonly noted?: Moment;
  /** The source's own words for the attempt's state, by `stateWord`: when each was first and last told. */
  readonly states?: Readonly<Record<string, StateTold>>;
  readonly outputs: Readonly<Record<string, OutputState>>;
  readonly inputs: Readonly<Record<string, InputState>>;
  /** Columns by direction and dataset, `input\nnamespace\nname`; absent where none were told. */
  readonly columns?: Readonly<Record<string, Register<Columns>>>;
  /** The newest outcome of each assertion, by dataset, assertion and column. */
  readonly checks?: Readonly<Record<string, Register<Check>>>;
  readonly plan?: Register<Payload<"plan.declared">>;
  readonly dependencies: Readonly<Record<string, Register<Payload<"dependency.declared">>>>;
  readonly steps?: Register<Readonly<Record<string, string | null>>>;
  readonly cache?: CacheState;
  readonly wait?: Register<Payload<"wait.reported">>;
  /** All that it said it waited for, by kind and what it waits on; absent where it said none. */
  readonly waits?: Readonly<Record<string, WaitTold>>;
  readonly compute: Readonly<Record<string, Register<Payload<"compute.reported">>>>;
  /** When each kind of report first came: the newest alone does not tell how long it goes on. */
  readonly computeFirst?: Readonly<Record<string, Moment>>;
  /** The exit code of its process, which later reports on the process do not take back. */
  readonly exit?: Register<number>;
  readonly process?: Register<Payload<"process.reported">>;
  /** The latest times at which its log was written, by their clock, ascending; absent where none were told. */
  readonly logTimes?: readonly Instant[];
  /** Parts of messages that could not be read, by path. */
  readonly notes: Readonly<Record<string, Register<string>>>;
}

export const attemptProjection: Projection<AttemptState> = {
  name: "attempt",
  initial: (id) => ({
    id,
    facts: {},
    ends: {},
    outputs: {},
    inputs: {},
    dependencies: {},
    compute: {},
    notes: {},
  }),
  // Beats and promises have a fold of their own (life-signs.ts) and come by a way that keeps no message.
  evolve: (state, event) =>
    event.type === "attempt.beat" || event.type === "beat.promised"
      ? state
      : evolve(heard(state, event), event),
};

export type Column = Columns["columns"][number];

/** The columns that were told, by dataset key. */
export function columnsOf(
  state: AttemptState,
  as: "input" | "output",
): Readonly<Record<string, readonly Column[]>> {
  const told: Record<string, readonly Column[]> = {};
  for (const { value } of Object.values(state.columns ?? {})) {
    if (value.as === as && value.columns.length > 0) told[datasetKey(value.dataset)] = value.columns;
  }
  return told;
}

/** The key under which an output or input is one and the same dataset. */
export function datasetKey(dataset: { namespace: string; name: string }): string {
  return `${dataset.namespace}\n${dataset.name}`;
}

function heard(state: AttemptState, event: Event): AttemptState {
  const moment = momentOf(event);
  // A compute report tells of something that happened before it was told: it says nothing of the clock.
  const lag = event.type === "compute.reported" ? undefined : event.receivedAt - event.occurredAt;
  return {
    ...state,
    source: state.source === undefined || event.source < state.source ? event.source : state.source,
    first: firstOf(state.first, moment),
    last: lastOf(state.last, moment),
    firstReceivedAt: Math.min(state.firstReceivedAt ?? event.receivedAt, event.receivedAt) as Instant,
    lastReceivedAt: Math.max(state.lastReceivedAt ?? event.receivedAt, event.receivedAt) as Instant,
    ...(lag !== undefined && {
      minLagMs: Math.min(state.minLagMs ?? lag, lag),
      maxLagMs: Math.max(state.maxLagMs ?? lag, lag),
    }),
  };
}

function evolve(state: AttemptState, event: Event): AttemptState {
  switch (event.type) {
    case "attempt.observed":
      return { ...state, facts: learn(state.facts, event) };
    case "attempt.started":
      return {
        ...state,
        started: firstOf(state.started, momentOf(event)),
        resumed: lastOf(state.resumed, momentOf(event)),
      };
    case "attempt.ended":
      return {
        ...state,
        ends: {
          ...state.ends,
          [event.outcome]: write(state.ends[event.outcome], event, { error: event.error }),
        },
      };
    case "attempt.noted":
      return { ...state, noted: lastOf(state.noted, momentOf(event)) };
    case "state.told": {
      const word = stateWord(event.state);
      const known = state.states?.[word];
      const told: StateTold = {
        first: firstOf(known?.first, momentOf(event)),
        last: write(known?.last, event, event.state),
      };
      return { ...state, states: { ...state.states, [word]: told } };
    }
    case "attempt.beat":
    case "beat.promised":
      return state;
    case "output.declared":
    case "output.written":
    case "output.grew": {
      const key = datasetKey(event.dataset);
      return { ...state, outputs: { ...state.outputs, [key]: evolveOutput(state.outputs[key], event) } };
    }
    case "input.read": {
      const key = datasetKey(event.dataset);
      const known = state.inputs[key];
      const version =
        event.version === undefined ? known?.version : write(known?.version, event, event.version);
      const input: InputState = {
        ...event.dataset,
        first: firstOf(known?.first, momentOf(event)),
        ...(version && { version }),
      };
      return { ...state, inputs: { ...state.inputs, [key]: input } };
    }
    case "columns.told": {
      const { dataset, as, columns } = event;
      const key = `${as}\n${datasetKey(dataset)}`;
      const told = write(state.columns?.[key], event, { dataset, as, columns });
      return { ...state, columns: { ...state.columns, [key]: told } };
    }
    case "dataset.checked": {
      const { dataset } = event;
      const check: Check = { ...payload(event), ...(dataset && { dataset }) };
      const key = `${dataset ? datasetKey(dataset) : ""}\n${event.assertion}\n${event.column ?? ""}`;
      return { ...state, checks: { ...state.checks, [key]: write(state.checks?.[key], event, check) } };
    }
    case "plan.declared":
      return { ...state, plan: write(state.plan, event, { nodes: event.nodes, edges: event.edges }) };
    case "dependency.declared": {
      const { origin, upstream, downstream, trigger } = event;
      const value = { origin, upstream, downstream, ...(trigger && { trigger }) };
      return {
        ...state,
        dependencies: { ...state.dependencies, [origin]: write(state.dependencies[origin], event, value) },
      };
    }
    case "steps.settled":
      return { ...state, steps: write(state.steps, event, event.states) };
    case "cache.decided":
      return { ...state, cache: evolveCache(state.cache, event) };
    case "wait.reported":
      return {
        ...state,
        wait: write(state.wait, event, payload(event)),
        waits: withWait(state.waits, event),
      };
    case "compute.reported":
      return {
        ...state,
        compute: { ...state.compute, [event.kind]: write(state.compute[event.kind], event, payload(event)) },
        computeFirst: {
          ...state.computeFirst,
          [event.kind]: firstOf(state.computeFirst?.[event.kind], momentOf(event)),
        },
      };
    case "process.reported":
      return {
        ...state,
        process: write(state.process, event, payload(event)),
        ...(event.lastLogAt !== undefined && { logTimes: latest(state.logTimes, event.lastLogAt) }),
        ...(event.exitCode !== undefined && { exit: write(state.exit, event, event.exitCode) }),
      };
    case "ingest.noted":
      return {
        ...state,
        notes: { ...state.notes, [event.path]: write(state.notes[event.path], event, event.reason) },
      };
    default:
      return assertNever(event);
  }
}

/** How many waits of an attempt are kept: a source may name its place in a queue, another one with each message. */
const MOST_WAITS = 24;

/** Those with the least keys are kept: what was dropped once cannot come back, in whatever order it is told. */
function withWait(
  waits: Readonly<Record<string, WaitTold>> = {},
  event: EventOf<"wait.reported">,
): Readonly<Record<string, WaitTold>> {
  const key = `${event.kind}\n${event.on ?? ""}`;
  const known = waits[key];
  const told = {
    first: firstOf(known?.first, momentOf(event)),
    last: write(known?.last, event, payload(event)),
  };
  const all = { ...waits, [key]: told };
  if (known || Object.keys(all).length <= MOST_WAITS) return all;
  const kept = Object.entries(all).sort(([a], [b]) => byCodeUnit(a, b));
  return Object.fromEntries(kept.slice(0, MOST_WAITS));
}

/** How many times are kept: enough to tell a rhythm. The latest of all that were ever told, in whatever order. */
const LOG_TIMES = 24;

function latest(times: readonly Instant[] = [], at: Instant): readonly Instant[] {
  if (times.includes(at)) return times;
  return [...times, at].sort((a, b) => a - b).slice(-LOG_TIMES);
}

const ENVELOPE = new Set(["type", "messageId", "source", "attemptId", "occurredAt", "receivedAt", "dataset"]);

/** An event without its envelope. */
function payload<E extends Event>(
  event: E,
): Omit<E, "type" | "messageId" | "source" | "attemptId" | "occurredAt" | "receivedAt" | "dataset"> {
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(event))
    if (value !== undefined && !ENVELOPE.has(name)) fields[name] = value;
  return fields as Omit<
    E,
    "type" | "messageId" | "source" | "attemptId" | "occurredAt" | "receivedAt" | "dataset"
  >;
}

function learn(facts: AttemptFacts, event: Observed): AttemptFacts {
  const known: Record<string, Register<unknown> | undefined> = { ...facts };
  for (const [name, value] of Object.entries(payload(event))) known[name] = write(known[name], event, value);
  return known as AttemptFacts;
}

function evolveOutput(
  output: OutputState | undefined,
  event: EventOf<"output.declared"> | EventOf<"output.written"> | EventOf<"output.grew">,
): OutputState {
  const base: OutputState = output ?? { namespace: event.dataset.namespace, name: event.dataset.name };
  const named = event.uri === undefined ? base : { ...base, uri: write(base.uri, event, event.uri) };
  switch (event.type) {
    case "output.declared":
      return { ...named, declared: firstOf(named.declared, momentOf(event)) };
    case "output.grew":
      return { ...named, grew: write(named.grew, event, { sizeBytes: event.sizeBytes }) };
    case "output.written": {
      const written = {
        ...named,
        firstWritten: firstOf(named.firstWritten, momentOf(event)),
        written: write(named.written, event, payload(event)),
      };
      return event.version === undefined
        ? written
        : { ...written, committed: write(named.committed, event, event.version) };
    }
    default:
      return assertNever(event);
  }
}

function evolveCache(cache: CacheState | undefined, event: EventOf<"cache.decided">): CacheState {
  const { key, components, reusedFrom, reason } = event;
  return {
    ...cache,
    status: write(cache?.status, event, event.status),
    ...(key !== undefined && { key: write(cache?.key, event, key) }),
    ...(components.length > 0 && { components: write(cache?.components, event, components) }),
    ...(reusedFrom && { reusedFrom: write(cache?.reusedFrom, event, reusedFrom) }),
    ...(reason !== undefined && { reason: write(cache?.reason, event, reason) }),
  };
}
