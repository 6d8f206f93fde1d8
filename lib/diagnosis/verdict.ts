/** The words of a diagnosis. Instants are ms since the epoch here; lib/contract writes them as ISO 8601. */
import type { Instant } from "../base/instant.ts";
import type { CacheStatus } from "../events/event.ts";

import type { Column } from "../projections/attempt-state.ts";
import type { Sample } from "./baseline.ts";

import type { ThresholdName, Unit } from "./policy.ts";
import type { Override } from "./policy-overrides.ts";

/** S: nothing changes by waiting. W: waits for something named. L: alive, or slow. N: explains, holds nothing. U: cannot be judged. */
export type RuleClass = "stuck" | "waiting" | "alive" | "note" | "unknown";

/** How sure a verdict is, by its evidence: what each word means is told in certainty.ts. */
export type Certainty = "proven" | "likely" | "possible";

/** The mark that evidence bears on graph, timeline and list alike. */
export type EvidenceKind =
  | "start"
  | "end"
  | "written"
  | "declared"
  | "beat"
  | "gap"
  | "wait"
  | "cache"
  | "note";

export interface Evidence {
  readonly at: Instant;
  readonly kind: EvidenceKind;
  /** One line; what a machine named stands in `backticks`. */
  readonly text: string;
  /** The message that proves it; null for what is seen by the absence of messages, or by beats. */
  readonly eventId: string | null;
  /** Another run that it is about, to be led to. */
  readonly runId?: string;
}

export interface Unblock {
  readonly action: string;
  readonly command: string | null;
  readonly risk: string;
}

/** A threshold that a verdict rests on. */
export interface UsedThreshold {
  readonly name: ThresholdName;
  readonly value: number;
  readonly unit: Unit;
  /** Who set it, and for what; null where it is the default. */
  readonly from: Override | null;
}

export interface Verdict {
  readonly rule: string;
  readonly ruleClass: RuleClass;
  readonly nodeKey: string;
  readonly attempt: { readonly id: string; readonly number: number } | null;
  /** One sentence in plain words, with the times and counts in it. */
  readonly claim: string;
  /** A few words for a node on the graph or a row: "both outputs written, no end". */
  readonly short: string;
  readonly certainty: Certainty;
  readonly since: Instant;
  readonly evidence: readonly Evidence[];
  readonly missing: readonly string[];
  readonly ruledOut: readonly { readonly rule: string; readonly because: string }[];
  readonly unblock: readonly Unblock[];
  /** The node's thresholds that the rule read, itself or through its facts. */
  readonly policy: readonly UsedThreshold[];
}

export type RunState = "finished" | "progressing" | "waiting" | "slow" | "suspect" | "stuck" | "unknown";

export interface Blocker {
  readonly nodeKey: string;
  /** How many unfinished nodes cannot start or end before this one has. */
  readonly holds: number;
  readonly verdict: Verdict | null;
}

export interface Diagnosis {
  readonly runId: string;
  /** The instant that was asked about. */
  readonly at: Instant;
  /** The latest thing received that it rests on. */
  readonly asOf: Instant | null;
  readonly state: RunState;
  readonly headline: string;
  readonly since: Instant | null;
  readonly blockers: readonly Blocker[];
  readonly verdicts: readonly Verdict[];
  /** Those that are true as well, and too far down the list. */
  readonly unlisted: readonly {
    readonly rule: string;
    readonly nodeKey: string;
    readonly attemptId: string;
  }[];
  readonly sources: readonly {
    readonly name: string;
    readonly lastReceivedAt: Instant | null;
    readonly dark: boolean;
    readonly skewSeconds: number;
  }[];
  /** Other runs that its blockers wait for. */
  readonly waitsFor: readonly string[];
  /** Rules that threw, with what they threw: for the operator's log. */
  readonly broken: readonly { readonly rule: string; readonly nodeKey: string; readonly error: string }[];
  /** The next instant at which time alone may change this answer; null where it cannot. */
  readonly nextChangeAt: Instant | null;
}

/** An earlier, finished attempt at the same node, from another run of the pipeline or this one. */
export interface PastAttempt {
  readonly attemptId: string;
  readonly runId: string;
  readonly outcome: "completed" | "failed" | "aborted";
  readonly reused: boolean;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant;
  /** Dataset keys (namespace, newline, name) that it wrote. */
  readonly wrote: readonly string[];
  readonly cacheKey: string | null;
  readonly cacheComponents: readonly {
    name: string;
    kind: string;
    digest: string;
    value?: string | undefined;
  }[];
  /** How the cache decided on it; null where nothing was told. */
  readonly cacheStatus: CacheStatus | null;
  /** The columns of its inputs, by dataset key; those of which they were told. */
  readonly inputColumns: Readonly<Record<string, readonly Column[]>>;
  /** The beat interval that it kept, ms; null where it kept none. */
  readonly beatIntervalMs: number | null;
  /** What it teaches of how long things take; null where it was reused, or owed no end. */
  readonly sample: Sample | null;
}

/** The attempt that a cache decision points to: what a step was reused from, or waits for. */
export interface Original {
  readonly attemptId: string;
  readonly runId: string;
  /** `open` where it owes an end and none had come; `endless` where it owes none (streaming, service). */
  readonly status: "open" | "endless" | "completed" | "failed" | "aborted";
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  /** The versions of what it read, by dataset key; those that were told. */
  readonly inputVersions: Readonly<Record<string, string>>;
}

/** An attempt of another run that this run's nodes depend on, and how it stands with that run. */
export interface Other {
  readonly attemptId: string;
  readonly runId: string;
  readonly pipeline: string;
  /** Of the attempt; see Original. */
  readonly status: Original["status"];
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  /** The last answer that was kept for its run; null where none was, or where the past is asked about. */
  readonly state: RunState | null;
  readonly headline: string | null;
  /** Runs that it waits for in turn, as was last known, the nearest first; no run twice. */
  readonly behind: readonly { readonly runId: string; readonly pipeline: string; readonly state: RunState }[];
  /** That leads back to the run that asks. */
  readonly waitsForUs: boolean;
}

/** What is known of a source beyond this run. */
export interface SourceFacts {
  readonly name: string;
  readonly lastReceivedAt: Instant | null;
  /** Theirs minus ours, ms, as estimated; 0 where it is not known. Positive: their clock is ahead. */
  readonly skewMs: number;
  /** The least lag of its latest messages, ms, a slip now and then left out: its clock is not behind by more. Absent: unknown. */
  readonly leastLagMs?: number | undefined;
  /** Its open attempts that promise or keep a rhythm, of all runs, the judged one included. */
  readonly beating: readonly {
    readonly attemptId: string;
    /** What it is a part of. */
    readonly parentId?: string | undefined;
    readonly intervalMs: number;
    readonly lastReceivedAt: Instant;
  }[];
}

/** When nobody of us was there to be told anything: the last such time, from when the servers stopped to when one began. */
export interface Deaf {
  readonly from: Instant;
  readonly to: Instant;
}

/** All that a diagnosis may look at besides the run itself. */
export interface Context {
  /** By node key, newest first. */
  readonly history: ReadonlyMap<string, readonly PastAttempt[]>;
  /** What is kept of each node's finished attempts, by node key; where there is none the history tells. */
  readonly samples?: ReadonlyMap<string, readonly Sample[]>;
  /** By source name. */
  readonly sources: ReadonlyMap<string, SourceFacts>;
  /** Where we were: a silence of that time is ours. */
  readonly deaf?: Deaf | undefined;
  /** By attempt id; those that are not known here are left out. */
  readonly originals?: ReadonlyMap<string, Original>;
  /** The thresholds that somebody set, for any pipeline; in no order. */
  readonly overrides?: readonly Override[];
  /**
   * Attempts of other runs that nodes wait for, by id; where only a job was named, its latest execution, by `jobId`. Those
   * that are not known here are left out.
   */
  readonly others?: ReadonlyMap<string, Other>;
}
