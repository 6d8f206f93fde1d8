import type { Instant } from "../base/instant.ts";
import type { AttemptState, Outcome } from "./attempt-state.ts";
import { type LifeSigns, learnedIntervalMs, lifeProjection } from "./life-signs.ts";
import type { Moment } from "./register.ts";
import type { AttemptStatus, AttemptView } from "./run-view.ts";

/** Where two ends have the same time, the worse one counts (DESIGN: FAIL over ABORT over COMPLETE). */
const WORSE: readonly Outcome[] = ["failed", "aborted", "completed"];

/** What the store holds of one attempt. */
export interface StoredAttempt {
  readonly state: AttemptState;
  readonly life?: LifeSigns;
}

/**
 * Whether a failure was not the end: some start the next try under the id of the one that failed. Of a first start that is
 * dated after the failure the clocks are to blame: it takes one before it as well.
 */
export function wasTriedAgain({ started, resumed, ends: { failed } }: AttemptState): boolean {
  return failed !== undefined && started !== undefined && resumed !== undefined
    ? started.at <= failed.at && failed.at < resumed.at
    : false;
}

/** When an attempt began: its first start, save where it was tried again under the same id. */
export function beginningOf(state: AttemptState): Moment | undefined {
  return wasTriedAgain(state) ? state.resumed : state.started;
}

/** The end that counts: the one with the latest event time, the worse on a tie. A failure that was tried again is none. */
export function endOf(state: AttemptState) {
  let chosen: { outcome: Outcome; at: Instant; messageId: string; error?: string } | undefined;
  for (const outcome of WORSE) {
    const end = outcome === "failed" && wasTriedAgain(state) ? undefined : state.ends[outcome];
    if (end && (chosen === undefined || end.at > chosen.at)) {
      chosen = {
        outcome,
        at: end.at,
        messageId: end.messageId,
        ...(end.value.error !== undefined && { error: end.value.error }),
      };
    }
  }
  return chosen;
}

/** The parent's id, where this attempt names one other than itself. */
export function parentIdOf(state: AttemptState): string | undefined {
  const id = state.facts.parent?.value.attemptId;
  return id === undefined || id === state.id ? undefined : id;
}

/**
 * Derives what follows from one attempt's state alone; its node, its number among others and whether it was
 * superseded are given by the run that it belongs to.
 */
export function viewAttempt(
  stored: StoredAttempt,
  place: { nodeKey: string; number: number; superseded: boolean },
): AttemptView {
  const { state } = stored;
  const life = stored.life ?? lifeProjection.initial(state.id);
  const end = endOf(state);
  const seen = state.facts.job !== undefined;
  const begun = beginningOf(state) ?? (end || life.firstBeat ? state.first : undefined);
  const status: AttemptStatus = end
    ? end.outcome
    : place.superseded
      ? "superseded"
      : state.started || life.firstBeat
        ? "running"
        : "waiting";
  const startedAt = begun?.at ?? life.firstBeat?.at;
  const parentId = parentIdOf(state);
  const processing = state.facts.processing?.value ?? "batch";
  return {
    id: state.id,
    nodeKey: place.nodeKey,
    number: place.number,
    status,
    ...(state.facts.job && { job: state.facts.job.value }),
    ...(parentId !== undefined && { parentId }),
    ...(startedAt !== undefined && { startedAt }),
    ...(end && { endedAt: end.at, endMessageId: end.messageId }),
    ...(end?.error !== undefined && { error: end.error }),
    owesEnd: (seen || life.firstBeat !== undefined) && processing === "batch",
    seen,
    reused: state.cache?.status.value === "HIT",
    state,
    life,
  };
}

/**
 * Producers that send RUNNING when their work comes to something (a job submitted, a checkpoint made), not by the
 * clock: that such messages came evenly for a while promises nothing.
 */
const NOT_BY_THE_CLOCK: ReadonlySet<string> = new Set(["airflow", "dbt", "flink", "hive", "spark", "trino"]);

/** Whether an attempt's messages may be read as a rhythm that nobody promised. */
export function maySetRhythm(state: AttemptState): boolean {
  return !NOT_BY_THE_CLOCK.has(state.facts.integration?.value ?? "");
}

/** The beat interval of an attempt, ms, and whether it was promised or learned; undefined where it keeps no rhythm. */
export function rhythmOf(
  state: AttemptState,
  life: LifeSigns,
): { intervalMs: number; origin: "promised" | "learned" } | undefined {
  const promised = life.intervalMs?.value;
  if (promised !== undefined) return { intervalMs: promised, origin: "promised" };
  const learned = maySetRhythm(state) ? learnedIntervalMs(life.beats) : undefined;
  return learned === undefined ? undefined : { intervalMs: learned, origin: "learned" };
}
