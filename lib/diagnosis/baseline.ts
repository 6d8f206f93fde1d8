/** What earlier attempts at a node teach: how long things usually take. Pure: samples in, ranges out. */
import { canonicalJson } from "../base/canonical-json.ts";
import { byCodeUnit } from "../base/compare.ts";
import type { Instant } from "../base/instant.ts";
import { textDigest } from "../base/text-digest.ts";
import { rhythmOf } from "../projections/attempt-view.ts";
import type { AttemptView } from "../projections/run-view.ts";

/** One finished attempt, as far as a later one is measured by it. Plain values that JSON can hold; null: not known. */
export interface Sample {
  readonly attemptId: string;
  readonly runId: string;
  readonly endedAt: Instant;
  /** From start to end; of attempts that completed by their own work. */
  readonly durationMs: number | null;
  /** From when all that it needs was there to its start. */
  readonly delayMs: number | null;
  readonly beatIntervalMs: number | null;
  /** How long its source said that it was finalizing. */
  readonly finalizingMs: number | null;
  /** The longest time between two writes of its log. */
  readonly logGapMs: number | null;
  /** How long it went on after all its outputs were there first. What was kept before this was learned has none. */
  readonly afterOutputsMs?: number | null;
  /** How many outputs it wrote. */
  readonly outputs: number;
  /** A name for the parameters that it was started with. */
  readonly parameters: string | null;
}

/** A measure over samples. With fewer than five it says nothing of what is usual. */
export interface Range {
  readonly count: number;
  readonly median: number;
  readonly p95: number;
  readonly longest: number;
}

export interface Baseline {
  /** Finished attempts that it rests on. */
  readonly samples: number;
  /** Whether these are only those with the same parameters as the attempt that is judged. */
  readonly sameParameters: boolean;
  readonly duration: Range | undefined;
  readonly delay: Range | undefined;
  readonly beatInterval: Range | undefined;
  readonly finalizing: Range | undefined;
  readonly logGap: Range | undefined;
  readonly afterOutputs: Range | undefined;
  readonly outputs: Range | undefined;
}

/** Samples that are kept of a node: the latest by when they ended. Enough for a p95 that one outlier does not set. */
export const MOST_SAMPLES = 24;
/** Of them of one run: a thousand instances of a mapped step are not to be all that is known of it. */
export const MOST_OF_RUN = 8;

/** Of two sets of samples the latest, each attempt once. In whatever order sets are merged, the same remain. */
export function mergeSamples(a: readonly Sample[], b: readonly Sample[]): readonly Sample[] {
  const sorted = [...a, ...b].sort(compareSamples);
  const met = new Set<string>();
  const ofRun = new Map<string, number>();
  return sorted
    .filter(({ attemptId, runId }) => {
      // An attempt may be sampled again once more is known of it: what comes first is the newest and fullest of it.
      if (met.has(attemptId)) return false;
      met.add(attemptId);
      const count = (ofRun.get(runId) ?? 0) + 1;
      ofRun.set(runId, count);
      return count <= MOST_OF_RUN;
    })
    .slice(0, MOST_SAMPLES);
}

function compareSamples(a: Sample, b: Sample): number {
  return (
    b.endedAt - a.endedAt ||
    byCodeUnit(a.attemptId, b.attemptId) ||
    filled(b) - filled(a) ||
    byCodeUnit(canonicalJson(a), canonicalJson(b))
  );
}

function filled(sample: Sample): number {
  return Object.values(sample).filter((value) => value !== null).length;
}

/**
 * What is usual for an attempt with these parameters. Where at least `enough` earlier ones had the same, only these
 * count: a run over a year of data says little of one over a day. Else all count. Each range is read when it is first
 * asked for: of thirty thousand nodes few ask for any.
 */
export function learn(samples: readonly Sample[], parameters: string | null, enough: number): Baseline {
  return new Learned(samples, parameters, enough);
}

class Learned implements Baseline {
  readonly #used: readonly Sample[];
  readonly #ranges = new Map<string, Range | undefined>();
  readonly sameParameters: boolean;

  constructor(all: readonly Sample[], parameters: string | null, enough: number) {
    const same = parameters === null ? [] : all.filter((s) => s.parameters === parameters);
    this.sameParameters = same.filter((s) => s.durationMs !== null).length >= enough;
    this.#used = this.sameParameters ? same : all;
  }

  get samples(): number {
    return this.#used.length;
  }
  get duration(): Range | undefined {
    return this.#range("duration", (s) => s.durationMs);
  }
  get delay(): Range | undefined {
    return this.#range("delay", (s) => s.delayMs);
  }
  get beatInterval(): Range | undefined {
    return this.#range("beatInterval", (s) => s.beatIntervalMs);
  }
  get finalizing(): Range | undefined {
    return this.#range("finalizing", (s) => s.finalizingMs);
  }
  get logGap(): Range | undefined {
    return this.#range("logGap", (s) => s.logGapMs);
  }
  get afterOutputs(): Range | undefined {
    return this.#range("afterOutputs", (s) => s.afterOutputsMs ?? null);
  }
  get outputs(): Range | undefined {
    return this.#range("outputs", (s) => (s.durationMs === null ? null : s.outputs));
  }

  #range(name: string, of: (sample: Sample) => number | null): Range | undefined {
    if (!this.#ranges.has(name)) this.#ranges.set(name, rangeOf(this.#used.map(of)));
    return this.#ranges.get(name);
  }
}

/** Median and p95 by nearest rank, of the values that are known. */
export function rangeOf(values: readonly (number | null)[]): Range | undefined {
  const sorted = values.filter((v) => v !== null).sort((a, b) => a - b);
  const count = sorted.length;
  if (count === 0) return undefined;
  const at = (part: number): number => sorted[Math.max(0, Math.ceil(part * count) - 1)] ?? 0;
  return { count, median: at(0.5), p95: at(0.95), longest: sorted[count - 1] ?? 0 };
}

/** The sample of an attempt that has ended; undefined for one that has not, or never worked itself. */
export function sampleOf(attempt: AttemptView, runId: string, delayMs: number | null): Sample | undefined {
  const { status, startedAt, endedAt, state, life, reused } = attempt;
  if (endedAt === undefined || reused || !attempt.owesEnd) return undefined;
  const worked = status === "completed" && state.started !== undefined && startedAt !== undefined;
  return {
    attemptId: attempt.id,
    runId,
    endedAt,
    durationMs: worked ? Math.max(0, endedAt - startedAt) : null,
    delayMs,
    beatIntervalMs: rhythmOf(state, life)?.intervalMs ?? null,
    finalizingMs: worked ? finalizingOf(attempt) : null,
    logGapMs: longestGap(state.logTimes),
    afterOutputsMs: worked ? afterOutputs(attempt) : null,
    outputs: Object.values(state.outputs).filter((o) => o.written).length,
    parameters: parametersDigest(attempt),
  };
}

/** Words of sources for the time between the end of the work and the end of the attempt. */
export const FINALIZING: ReadonlySet<string> = new Set([
  ...["finalizing", "finalising", "finishing", "postprocessing", "uploading"],
  // Slurm, and Databricks.
  ...["completing", "terminating"],
]);

function finalizingOf({ state, endedAt }: AttemptView): number | null {
  const told = Object.entries(state.states ?? {}).filter(([word]) => FINALIZING.has(word));
  if (told.length === 0 || endedAt === undefined) return null;
  return Math.max(0, endedAt - Math.min(...told.map(([, { first }]) => first.at)));
}

function afterOutputs({ state, endedAt }: AttemptView): number | null {
  const there = Object.values(state.outputs).flatMap(({ firstWritten }) => firstWritten?.at ?? []);
  if (there.length === 0 || endedAt === undefined) return null;
  return Math.max(0, endedAt - Math.max(...there));
}

/** The step that a node is one of many instances of: they are measured by each other. */
export function baselineKey(nodeKey: string): string {
  return nodeKey.replace(/\[[^\]]*\]/g, "");
}

/** The longest time between two writes of a log; null where fewer than three are known. */
export function longestGap(times: readonly Instant[] | undefined): number | null {
  if (!times || times.length < 3) return null;
  return Math.max(...times.slice(1).map((at, i) => at - (times[i] ?? at)));
}

/** A name for what an attempt was started with; null where it did not say. */
export function parametersDigest({ state }: AttemptView): string | null {
  const parameters = state.facts.parameters?.value;
  return parameters === undefined ? null : textDigest(canonicalJson(parameters));
}
