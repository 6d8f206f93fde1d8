/** What a complete record of an attempt has: each part with what it lets us say, and by what it is told. */
import { formatDuration, formatQuantity } from "../base/format.ts";
import { rhythmOf } from "../projections/attempt-view.ts";
import type { AttemptView, RunView } from "../projections/run-view.ts";

export const RECORD_GROUPS = ["job", "run", "inputs", "outputs", "life", "cache", "waits"] as const;
export type RecordGroup = (typeof RECORD_GROUPS)[number];

interface Definition {
  readonly id: string;
  readonly group: RecordGroup;
  readonly title: string;
  /** What tells it: an event's type, or a facet. */
  readonly by: string;
  /** What could not be said without it. */
  readonly lets: string;
  /** What was told, in a few words; undefined where nothing was. */
  readonly told: (attempt: AttemptView, run: RunView) => string | undefined;
}

/** One part of an attempt's record, present or missing. */
export interface RecordPart extends Omit<Definition, "told"> {
  /** Null where it is missing. */
  readonly told: string | null;
}

const PARTS: readonly Definition[] = [
  {
    id: "kind",
    group: "job",
    title: "What kind of job it is",
    by: "jobType",
    lets: "Whether it owes an end at all: a streaming job does not.",
    told: ({ state: { facts } }) => join([facts.integration?.value, facts.jobKind?.value]),
  },
  {
    id: "code",
    group: "job",
    title: "Version of its code",
    by: "sourceCodeLocation",
    lets: "Whether the code changed since the last good run.",
    told: ({ state }) => state.facts.codeVersion?.value,
  },
  {
    id: "plan",
    group: "job",
    title: "The run’s plan",
    by: "unstuck_plan",
    lets: "That a step never started. Without a plan, only what was heard of can be missed.",
    told: (_, run) => (run.planKnown ? formatQuantity(run.nodes.size, "node") : undefined),
  },
  {
    id: "parent",
    group: "run",
    title: "Its parent",
    by: "parent",
    lets: "Which run it is a part of. Without it a step stands as a run of its own.",
    told: (attempt, run) =>
      attempt.parentId ?? (attempt.id === run.id ? "none: it is the run itself" : undefined),
  },
  {
    id: "start",
    group: "run",
    title: "Its start",
    by: "START",
    lets: "How long it runs, and whether that is longer than usual.",
    told: ({ state }) => (state.started ? "START" : undefined),
  },
  {
    id: "end",
    group: "run",
    title: "Its end",
    by: "COMPLETE, FAIL or ABORT",
    lets: "That it is over, and how it went.",
    told: ({ endedAt, status }) => (endedAt === undefined ? undefined : status),
  },
  {
    id: "number",
    group: "run",
    title: "Number of the attempt",
    by: "unstuck_attempt",
    lets: "Which of several tries is the latest, whatever their clocks say.",
    told: ({ state: { facts } }) =>
      join([
        facts.number && `number ${facts.number.value}`,
        facts.mapIndex && `index ${facts.mapIndex.value}`,
      ]),
  },
  {
    id: "parameters",
    group: "run",
    title: "Parameters",
    by: "executionParameters",
    lets: "Which parameter changed, and what is usual with the same ones.",
    told: ({ state }) => quantity(state.facts.parameters?.value, "parameter"),
  },
  {
    id: "nominal",
    group: "run",
    title: "The time that it is for",
    by: "nominalTime",
    lets: "For which day it worked, and that it is late.",
    told: ({ state }) => (state.facts.nominalStart ? "told" : undefined),
  },
  {
    id: "engine",
    group: "run",
    title: "What runs it",
    by: "processing_engine",
    lets: "Which version of the integration speaks: some are known to lose ends.",
    told: ({ state }) => state.facts.engine?.value,
  },
  {
    id: "address",
    group: "run",
    title: "Where it is found at its source",
    by: "airflow, spark_applicationDetails, bigQueryJob",
    lets: "A link from here to the system that runs it.",
    told: ({ state }) => state.facts.url?.value,
  },
  {
    id: "inputs",
    group: "inputs",
    title: "What it reads",
    by: "inputs",
    lets: "Which step it comes after, where no plan says so.",
    told: ({ state }) => quantity(state.inputs, "input"),
  },
  {
    id: "versions",
    group: "inputs",
    title: "Versions of what it reads",
    by: "version",
    lets: "That it was reused though its input is newer.",
    told: ({ state }) =>
      counted(Object.values(state.inputs).filter((input) => input.version).length, "version"),
  },
  {
    id: "columns",
    group: "inputs",
    title: "Columns",
    by: "schema",
    lets: "That a column is gone, renamed or of another type.",
    told: ({ state }) => quantity(state.columns, "dataset"),
  },
  {
    id: "outputs",
    group: "outputs",
    title: "What it writes",
    by: "outputs",
    lets: "That all of it is there although the end was never told.",
    told: ({ state }) => quantity(state.outputs, "output"),
  },
  {
    id: "written",
    group: "outputs",
    title: "That it was written",
    by: "outputStatistics or unstuck_output",
    lets: "Which outputs are there. What is listed is only declared.",
    told: ({ state }) => counted(Object.values(state.outputs).filter((o) => o.written).length, "output"),
  },
  {
    id: "writer",
    group: "outputs",
    title: "Who wrote it, and when",
    by: "unstuck_output",
    lets: "That an output is this attempt’s own, and not yesterday’s file.",
    told: ({ state }) =>
      counted(
        Object.values(state.outputs).filter((o) => o.written?.value.writtenBy ?? o.written?.value.modifiedAt)
          .length,
        "output",
      ),
  },
  {
    id: "checks",
    group: "outputs",
    title: "Checks",
    by: "dataQualityAssertions",
    lets: "That a failed check blocks what comes behind.",
    told: ({ state }) => quantity(state.checks, "assertion"),
  },
  {
    id: "beats",
    group: "life",
    title: "Heartbeats",
    by: "unstuck_heartbeat",
    lets: "That it is dead, within three intervals. Without a promise its silence proves nothing.",
    told: ({ state, life }) => {
      const rhythm = rhythmOf(state, life);
      return rhythm && `every ${formatDuration(rhythm.intervalMs)}, ${rhythm.origin}`;
    },
  },
  {
    id: "progress",
    group: "life",
    title: "Progress",
    by: "unstuck_heartbeat",
    lets: "That it hangs although it lives.",
    told: ({ life: { progress } }) =>
      progress &&
      join(
        [`${progress.value.done}`, progress.value.total !== undefined && `of ${progress.value.total}`],
        " ",
      ),
  },
  {
    id: "process",
    group: "life",
    title: "Its process",
    by: "unstuck_process",
    lets: "On which machine to look, and how the process ended.",
    told: ({ state: { process: told } }) =>
      told &&
      join([
        told.value.host,
        told.value.pid !== undefined && `pid ${told.value.pid}`,
        told.value.containerImage,
      ]),
  },
  {
    id: "log",
    group: "life",
    title: "Its log",
    by: "unstuck_process",
    lets: "That the log goes on, or when it fell silent; and its last lines.",
    told: ({ state }) =>
      state.process?.value.logUrl ??
      state.facts.logUrl?.value ??
      (state.process?.value.logTail === undefined ? undefined : "its last lines"),
  },
  {
    id: "compute",
    group: "life",
    title: "What its machines report",
    by: "unstuck_compute",
    lets: "That it was preempted, evicted, or killed for want of memory.",
    told: ({ state }) => join(Object.keys(state.compute)),
  },
  {
    id: "cache",
    group: "cache",
    title: "The cache’s decision",
    by: "unstuck_cache",
    lets: "Whether its work was reused.",
    told: ({ state: { cache } }) => cache?.status.value.toLowerCase().replaceAll("_", " "),
  },
  {
    id: "components",
    group: "cache",
    title: "What the cache’s key is made of",
    by: "unstuck_cache",
    lets: "Which part changed, so that it ran again.",
    told: ({ state: { cache } }) => counted(cache?.components?.value.length ?? 0, "part"),
  },
  {
    id: "waits",
    group: "waits",
    title: "What it waits for",
    by: "unstuck_wait",
    lets: "That it waits, for what, and who has it. Without it a wait looks like silence.",
    told: ({ state: { wait } }) => wait?.value.kind,
  },
];

/** What an attempt's record has, and what it lacks. */
export function recordParts(attempt: AttemptView, run: RunView): RecordPart[] {
  return PARTS.map(({ told, ...part }) => ({ ...part, told: told(attempt, run)?.slice(0, 300) ?? null }));
}

function join(words: readonly (string | false | undefined)[], by = ", "): string | undefined {
  return words.filter((word) => word !== undefined && word !== false && word !== "").join(by) || undefined;
}

function counted(n: number, one: string): string | undefined {
  return n > 0 ? formatQuantity(n, one) : undefined;
}

function quantity(of: object | undefined, one: string): string | undefined {
  return counted(Object.keys(of ?? {}).length, one);
}
