import type { Instant } from "../base/instant.ts";
import type { AttemptState, Outcome } from "../projections/attempt-state.ts";
import { wasTriedAgain } from "../projections/attempt-view.ts";
import type { AttemptView } from "../projections/run-view.ts";
import type { Policy } from "./policy.ts";

/** Something that only work leaves behind, after the attempt's end by its own clock. */
export interface AfterEnd {
  readonly what: "beat" | "start" | "write";
  readonly name?: string;
  /** Their clock. */
  readonly at: Instant;
  readonly eventId: string | null;
}

export interface EndConflict {
  /** The end that counts first. */
  readonly outcomes: readonly {
    readonly outcome: Outcome;
    readonly end: NonNullable<AttemptState["ends"][Outcome]>;
  }[];
  readonly work: AfterEnd | undefined;
}

/** How an attempt's end is contradicted by what else is told of it. Cheap: most ended attempts are done with at once. */
export function conflictOf(attempt: AttemptView, policy: Policy): EndConflict | undefined {
  const { state, endedAt } = attempt;
  if (endedAt === undefined) return undefined;
  const work = workAfter(attempt, endedAt, policy);
  if (Object.keys(state.ends).length < 2 && !work) return undefined;
  // A failure that was tried again under the same id contradicts nothing.
  const again = wasTriedAgain(state);
  const outcomes = (["failed", "aborted", "completed"] as const).flatMap((outcome) => {
    const end = outcome === "failed" && again ? undefined : state.ends[outcome];
    return end ? [{ outcome, end }] : [];
  });
  if (outcomes.length < 2 && !work) return undefined;
  const counting = (outcome: Outcome): number => (outcome === attempt.status ? 1 : 0);
  return { outcomes: outcomes.sort((a, b) => counting(b.outcome) - counting(a.outcome)), work };
}

/**
 * Messages after the end that only add to the record (its log, its statistics, what a probe of the store saw) are
 * everyday; a beat, a start or a later write is not. All are of one clock, so skew does not matter.
 */
function workAfter({ state, life }: AttemptView, endedAt: Instant, policy: Policy): AfterEnd | undefined {
  const { lastBeat } = life;
  if (lastBeat && lastBeat.at > endedAt + policy.beatSlackMs)
    return { what: "beat", at: lastBeat.at, eventId: null };
  if (state.resumed && state.resumed.at > endedAt)
    return { what: "start", at: state.resumed.at, eventId: state.resumed.messageId };
  if (!state.last || state.last.at <= endedAt) return undefined;
  for (const { name, written, grew } of Object.values(state.outputs)) {
    if (grew && grew.at > endedAt + policy.beatSlackMs)
      return { what: "write", name, at: grew.at, eventId: grew.messageId };
    const { modifiedAt, writtenBy, seenBy } = written?.value ?? {};
    const own = seenBy === undefined && (writtenBy === undefined || writtenBy === state.id);
    if (written && own && modifiedAt !== undefined && modifiedAt > endedAt + 2 * policy.mtimeToleranceMs)
      return { what: "write", name, at: modifiedAt, eventId: written.messageId };
  }
  return undefined;
}
