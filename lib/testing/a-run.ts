/**
 * Logs as sentences: a run told step by step, for tests and for the examples of rule pages.
 *
 *     aRun("nightly").starts(0).plan("ingest -> train -> report")
 *       .taskStarts("train", 10, { outputs: ["model"], promises: 10 })
 *       .beats("train", { from: 10, to: 100, every: 10 }).writes("train", "model", 90).at(200)
 *
 * Times are seconds from `ORIGIN`. Every event goes through the product's own schema, so that no test can rest on an
 * event that the product would refuse, and is folded by the real projections.
 */
import { createHash } from "node:crypto";
import type { Instant } from "../base/instant.ts";
import type { Original, Other, PastAttempt } from "../diagnosis/verdict.ts";
import { type Event, event } from "../events/event.ts";
import { assembleRun } from "../projections/assemble-run.ts";
import {
  type AttemptOptions,
  type BeatOptions,
  type CheckOptions,
  type OriginalOptions,
  type OtherOptions,
  type PastOptions,
  type PlanOptions,
  type ProcessOptions,
  type RunOptions,
  second,
  type Told,
} from "./a-run-options.ts";
import {
  baseOf,
  column,
  componentsOf,
  dataset,
  mapIndexOf,
  original,
  otherRun,
  pastAttempt,
  readPlan,
} from "./a-run-words.ts";
import { type Elsewhere, foldEvents, sourcesOf } from "./fold-events.ts";

export {
  type AttemptOptions,
  type PlanOptions,
  type RunOptions,
  second,
  type Told,
} from "./a-run-options.ts";

type Payload<T extends Event["type"]> = Omit<
  Extract<Event, { type: T }>,
  "type" | "messageId" | "source" | "attemptId" | "occurredAt" | "receivedAt"
>;

/** Begins to tell of a run. */
export function aRun(name: string, options: RunOptions = {}): RunLog {
  return new RunLog(name, options);
}

export class RunLog {
  readonly name: string;
  readonly #options: RunOptions;
  readonly #source: string;
  readonly #events: Event[] = [];
  /** Number of the latest attempt of each task. */
  readonly #tries = new Map<string, number>();
  readonly #history = new Map<string, PastAttempt[]>();
  readonly #originals = new Map<string, Original>();
  readonly #elsewhere = new Map<string, Other>();
  readonly #others: Elsewhere[] = [];
  readonly #heard = new Map<string, Instant>();

  constructor(name: string, options: RunOptions) {
    this.name = name;
    this.#options = options;
    this.#source = options.source ?? "airflow-prod";
  }

  /** The id of the root, or of a task's attempt (the latest unless a number is given). */
  id(task?: string, number?: number): string {
    if (task === undefined || task === this.name) return `run-${this.name}`;
    return `${this.name}.${task}#${number ?? this.#tries.get(task) ?? 1}`;
  }

  /** The root starts. */
  starts(at: number, options: AttemptOptions = {}): this {
    this.#observe(this.name, at, options);
    return this.#open(this.name, at, options);
  }

  /** The root tells its DAG, as `a -> b -> c; a -> d`; at second 0 unless told otherwise. */
  plan(text: string, options: PlanOptions = {}, at = 0): this {
    return this.groupPlan(this.name, text, options, at);
  }

  /** A task tells the DAG below it. */
  groupPlan(task: string, text: string, options: PlanOptions = {}, at = 0): this {
    return this.#add(task, at, "plan.declared", readPlan(text, options));
  }

  /** A task starts: its first attempt, or the one of the number given. */
  taskStarts(task: string, at: number, options: AttemptOptions = {}): this {
    this.#tries.set(task, options.number ?? this.#tries.get(task) ?? 1);
    this.#observe(task, at, options);
    return this.#open(task, at, options);
  }

  /** A task is spoken of, but does not start: it waits. */
  waits(task: string, at: number, options: AttemptOptions = {}): this {
    this.#tries.set(task, options.number ?? this.#tries.get(task) ?? 1);
    this.#observe(task, at, options);
    return this.#add(task, at, "attempt.noted", {});
  }

  beats(task: string, beat: BeatOptions): this {
    for (let at = beat.from; at <= beat.to; at += beat.every) {
      this.#add(task, at, "attempt.beat", {
        ...(beat.progress && { progress: beat.progress }),
        ...(beat.cpu !== undefined && { cpuSeconds: beat.cpu }),
      });
    }
    return this;
  }

  promises(task: string, every: number, at = 0): this {
    return this.#add(task, at, "beat.promised", { intervalMs: every * 1000 });
  }

  declares(task: string, output: string, at: number): this {
    return this.#add(task, at, "output.declared", { dataset: dataset(output) });
  }

  writes(
    task: string,
    output: string,
    at: number,
    options: { modifiedAt?: number; by?: string; shownBy?: "statistics" | "version" | "state" } = {},
  ): this {
    return this.#add(task, at, "output.written", {
      dataset: dataset(output),
      shownBy: options.shownBy ?? "state",
      ...(options.modifiedAt !== undefined && { modifiedAt: this.#theirs(options.modifiedAt) }),
      ...(options.by !== undefined && { writtenBy: options.by }),
    });
  }

  grows(task: string, output: string, at: number): this {
    return this.#add(task, at, "output.grew", { dataset: dataset(output) });
  }

  reads(task: string, input: string, at: number, version?: string): this {
    return this.#add(task, at, "input.read", {
      dataset: dataset(input),
      ...(version !== undefined && { version }),
    });
  }

  completes(task: string, at: number): this {
    return this.#add(task, at, "attempt.ended", { outcome: "completed" });
  }

  /** The source says in its own word in which state a task is. */
  tells(task: string, state: string, at: number): this {
    return this.#add(task, at, "state.told", { state });
  }

  /** It is said what a task waits for. */
  waitsFor(
    task: string,
    at: number,
    wait: Omit<Payload<"wait.reported">, "since" | "until"> & { since?: number; until?: number },
  ): this {
    const { since, until, ...rest } = wait;
    return this.#add(task, at, "wait.reported", {
      ...rest,
      ...(since !== undefined && { since: this.#theirs(since) }),
      ...(until !== undefined && { until: this.#theirs(until) }),
    });
  }

  fails(task: string, at: number, error?: string): this {
    return this.#add(task, at, "attempt.ended", {
      outcome: "failed",
      ...(error !== undefined && { error }),
    });
  }

  aborts(task: string, at: number): this {
    return this.#add(task, at, "attempt.ended", { outcome: "aborted" });
  }

  /** The root ends. */
  ends(at: number, outcome: "completed" | "failed" | "aborted" = "completed"): this {
    return this.#add(this.name, at, "attempt.ended", { outcome });
  }

  /** Something is said that neither starts, beats nor ends. */
  says(task: string, at: number): this {
    return this.#add(task, at, "attempt.noted", {});
  }

  compute(
    task: string,
    kind: string,
    at: number,
    report: { target?: string; message?: string; count?: number } = {},
  ): this {
    return this.#add(task, at, "compute.reported", { kind, ...report });
  }

  process(task: string, at: number, process: ProcessOptions): this {
    const { lastLogAt, ...rest } = process;
    return this.#add(task, at, "process.reported", {
      ...rest,
      ...(lastLogAt !== undefined && { lastLogAt: this.#theirs(lastLogAt) }),
    });
  }

  cache(
    task: string,
    status: Payload<"cache.decided">["status"],
    at: number,
    components: Readonly<Record<string, string>> = {},
    reusedFrom?: string,
    told: { key?: string; reason?: string } = {},
  ): this {
    return this.#add(task, at, "cache.decided", {
      status,
      components: componentsOf(components),
      ...(reusedFrom !== undefined && { reusedFrom: { attemptId: reusedFrom } }),
      ...told,
    });
  }

  /** The orchestrator tells how each step ended. */
  settles(states: Readonly<Record<string, string | null>>, at: number): this {
    return this.#add(this.name, at, "steps.settled", { states: { ...states } });
  }

  /** An earlier attempt of a task; the newest is told first. Times are seconds, before 0. */
  past(task: string, past: PastOptions = {}): this {
    const known = this.#history.get(task) ?? [];
    const entry = pastAttempt(task, past, known.length + 1);
    this.#history.set(task, [...known, entry]);
    return this;
  }

  /** The columns of a dataset are told, as `id int, price`. */
  columns(task: string, as: "input" | "output", name: string, columns: string, at: number): this {
    const read = columns.split(/,\s*/).map(column);
    return this.#add(task, at, "columns.told", { dataset: dataset(name), as, columns: read });
  }

  /** An assertion on a dataset passes or fails. */
  checks(task: string, name: string, at: number, check: CheckOptions): this {
    const { assertion = "not_null", ...rest } = check;
    return this.#add(task, at, "dataset.checked", { dataset: dataset(name), assertion, ...rest });
  }

  /** An attempt that a cache decision points to; times are seconds. */
  original(attemptId: string, told: OriginalOptions): this {
    this.#originals.set(attemptId, original(attemptId, told));
    return this;
  }

  /** An attempt of another run that one of this run waits for; times are seconds. */
  other(attemptId: string, told: OtherOptions): this {
    this.#elsewhere.set(attemptId, otherRun(attemptId, told));
    return this;
  }

  /** A task is declared to come after attempts, of this run or another. */
  after(task: string, attemptIds: readonly string[], at: number): this {
    const upstream = attemptIds.map((attemptId) => ({ attemptId }));
    return this.#add(task, at, "dependency.declared", { origin: "job-dependency", upstream, downstream: [] });
  }

  /** A task is declared to come after a job, of which no run is named. */
  afterJob(task: string, name: string, at: number): this {
    const upstream = [{ job: { namespace: this.#source, name } }];
    return this.#add(task, at, "dependency.declared", { origin: "job-dependency", upstream, downstream: [] });
  }

  /** Another run's open attempt of a source, which beats; last received at this second. */
  elsewhere(id: string, beat: { every: number; last: number; source?: string }): this {
    this.#others.push({
      source: beat.source ?? this.#source,
      attemptId: id,
      intervalMs: beat.every * 1000,
      lastReceivedAt: second(beat.last),
    });
    return this;
  }

  /** Something else was received from the source. */
  hears(at: number, source = this.#source): this {
    this.#heard.set(source, Math.max(this.#heard.get(source) ?? -Infinity, second(at)) as Instant);
    return this;
  }

  /** All events told so far, in the order of telling. */
  events(): readonly Event[] {
    return this.#events;
  }

  /** The run as it was known at a second: what was received later is not known yet. */
  at(seconds: number, shuffle: (events: Event[]) => Event[] = (events) => events): Told {
    const now = second(seconds);
    const known = shuffle(this.#events.filter((e) => e.receivedAt <= now));
    const stored = foldEvents(this.id(), known);
    const { skew = 0, skewKnown = true } = this.#options;
    const sources = sourcesOf(
      stored,
      known,
      this.#source,
      this.#others,
      this.#heard,
      skewKnown ? skew * 1000 : 0,
    );
    const [from, to] = this.#options.deaf ?? [];
    const context = {
      ...{ history: this.#history, sources, originals: this.#originals, others: this.#elsewhere },
      ...(from !== undefined && to !== undefined && { deaf: { from: second(from), to: second(to) } }),
    };
    return { run: assembleRun(this.id(), stored), context, now };
  }

  #observe(task: string, at: number, options: AttemptOptions): void {
    const isRoot = task === this.name;
    const above = task.includes("/") ? task.slice(0, task.lastIndexOf("/")) : undefined;
    const parent = options.parent ?? above;
    const mapIndex = options.mapIndex ?? mapIndexOf(task);
    const integration = options.integration ?? this.#options.integration;
    this.#add(
      task,
      at,
      "attempt.observed",
      {
        job: { namespace: this.#source, name: isRoot ? this.name : `${this.#jobOf(parent)}.${baseOf(task)}` },
        ...(!isRoot && {
          parent: { attemptId: this.id(parent), job: { namespace: this.#source, name: this.#jobOf(parent) } },
        }),
        ...(options.number !== undefined && { number: options.number }),
        ...(options.maxAttempts !== undefined && { maxAttempts: options.maxAttempts }),
        ...(mapIndex !== undefined && { mapIndex }),
        ...(options.processing !== undefined && { processing: options.processing }),
        ...(options.operator !== undefined && { operator: options.operator }),
        ...(options.trigger !== undefined && { trigger: options.trigger }),
        ...(integration !== undefined && { integration }),
        ...(options.handle !== undefined && { handle: options.handle }),
        ...(options.jobKind !== undefined && { jobKind: options.jobKind }),
        ...(options.loopKey !== undefined && { loopKey: options.loopKey }),
        ...(options.parameters !== undefined && { parameters: { ...options.parameters } }),
        ...(options.nominalStart !== undefined && { nominalStart: second(options.nominalStart) }),
      },
      options.source,
    );
  }

  #open(task: string, at: number, options: AttemptOptions): this {
    this.#add(task, at, "attempt.started", {});
    if (options.promises !== undefined) this.promises(task, options.promises, at);
    for (const output of options.outputs ?? []) this.declares(task, output, at);
    return this;
  }

  #jobOf(task: string | undefined): string {
    return task === undefined || task === this.name ? this.name : `${this.name}.${baseOf(task)}`;
  }

  /** Their clock at one of our seconds. */
  #theirs(seconds: number): Instant {
    return second(seconds + (this.#options.skew ?? 0));
  }

  #add<T extends Event["type"]>(
    task: string,
    at: number,
    type: T,
    payload: Payload<T>,
    source = this.#source,
  ): this {
    const { lag = 0, importedAt } = this.#options;
    const attemptId = this.id(task);
    const said = { type, attemptId, source, occurredAt: this.#theirs(at), ...payload };
    const receivedAt = importedAt === undefined ? second(at + lag) : second(importedAt);
    // One message for all that is said of an attempt at an instant by a kind of event.
    const messageId = createHash("sha256").update(JSON.stringify(said)).digest("hex").slice(0, 16);
    this.#events.push(event.parse({ ...said, messageId, receivedAt }));
    return this;
  }
}
