/** What a told run may be told with (a-run.ts). */
import type { Instant } from "../base/instant.ts";
import type { Context, Original, Other, PastAttempt } from "../diagnosis/verdict.ts";
import type { TriggerRule } from "../events/event.ts";
import type { RunView } from "../projections/run-view.ts";

/** Second 0 of every told run. */
const ORIGIN = Date.UTC(2026, 10, 23, 2, 0, 0) as Instant;

/** An instant `seconds` after the origin, on our clock. */
export function second(seconds: number): Instant {
  return Math.round(ORIGIN + seconds * 1000) as Instant;
}

export interface RunOptions {
  /** The source's name. */
  readonly source?: string;
  /** Seconds from happening to being received. */
  readonly lag?: number;
  /** Seconds that the source's clock is ahead of ours; known to the server unless `skewKnown` is false. */
  readonly skew?: number;
  readonly skewKnown?: boolean;
  /** Everything is received in one go at this second: a late import. */
  readonly importedAt?: number;
  readonly integration?: string;
  /** Seconds from which and until which no server of ours was there. */
  readonly deaf?: readonly [from: number, to: number];
}

export interface AttemptOptions {
  /** Outputs that the START declares. */
  readonly outputs?: readonly string[];
  /** Seconds between promised beats. */
  readonly promises?: number;
  readonly number?: number;
  readonly maxAttempts?: number;
  readonly mapIndex?: number;
  /** The name of the task whose attempt is its parent; the root otherwise. */
  readonly parent?: string;
  readonly processing?: "batch" | "streaming" | "service";
  readonly operator?: string;
  readonly trigger?: TriggerRule;
  readonly integration?: string;
  readonly handle?: Record<string, string>;
  readonly nominalStart?: number;
  readonly jobKind?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly loopKey?: string;
  readonly source?: string;
}

export interface PlanOptions {
  /** Steps that never send events. */
  readonly silent?: readonly string[];
  readonly operators?: Readonly<Record<string, string>>;
  readonly triggers?: Readonly<Record<string, TriggerRule>>;
}

/** An earlier attempt of a task. Times are seconds, before 0. */
export interface PastOptions {
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly outcome?: PastAttempt["outcome"];
  readonly wrote?: readonly string[];
  readonly components?: Readonly<Record<string, string>>;
  readonly key?: string;
  readonly cacheStatus?: PastAttempt["cacheStatus"];
  /** The columns of its inputs, by their name. */
  readonly columns?: Readonly<Record<string, readonly string[]>>;
  readonly beatEvery?: number;
  readonly reused?: boolean;
  readonly run?: string;
  /** Seconds from when it could start to its start; in the state of finalizing; and between writes of its log. */
  readonly delay?: number;
  readonly finalizing?: number;
  readonly logGap?: number;
  /** Seconds from when all its outputs were there to its end. */
  readonly afterOutputs?: number;
  readonly parameters?: Readonly<Record<string, string>>;
}

/** An attempt of another run that a cache decision points to. Times are seconds. */
export interface OriginalOptions {
  readonly status: Original["status"];
  readonly startedAt?: number;
  readonly endedAt?: number;
  /** Versions of its inputs, by their name. */
  readonly read?: Readonly<Record<string, string>>;
}

/** An attempt of another run that one of this run waits for. Times are seconds. */
export interface OtherOptions {
  readonly status: Other["status"];
  readonly pipeline?: string;
  readonly run?: string;
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly state?: Other["state"];
  readonly headline?: string;
  readonly behind?: Other["behind"];
  readonly waitsForUs?: boolean;
}

/** Beats from one second to another. */
export interface BeatOptions {
  readonly from: number;
  readonly to: number;
  readonly every: number;
  readonly progress?: { done: number; total?: number };
  /** Seconds of the processor that it has used by then. */
  readonly cpu?: number;
}

/** How an assertion came out. */
export interface CheckOptions {
  readonly assertion?: string;
  readonly success: boolean;
  readonly column?: string;
  readonly severity?: string;
  readonly expected?: string;
  readonly actual?: string;
}

/** What is told of a process. */
export interface ProcessOptions {
  readonly host?: string;
  readonly pid?: number;
  readonly lastLogAt?: number;
  readonly logTail?: string;
  readonly logUrl?: string;
  readonly exitCode?: number;
}

/** What a diagnosis is asked with. */
export interface Told {
  readonly run: RunView;
  readonly context: Context;
  readonly now: Instant;
}
