import type { Instant } from "../base/instant.ts";
import type { AttemptState } from "../projections/attempt-state.ts";
import type { AttemptView } from "../projections/run-view.ts";
import { phasesOf } from "./attempt-phases.ts";
import { stillWaits } from "./still-waits.ts";

/** Something that an attempt waited for. */
export interface WaitOfAttempt {
  readonly kind: string;
  readonly on: string | undefined;
  readonly holder: NonNullable<AttemptState["wait"]>["value"]["holder"];
  readonly since: Instant;
  readonly until: Instant | undefined;
  /** Whether it waits for it still. */
  readonly current: boolean;
  readonly messageId: string;
}

/** All that an attempt waited for, by its own words and by its source's words for its state; the latest first. */
export function waitsOf(attempt: AttemptView): WaitOfAttempt[] {
  const { state } = attempt;
  const now = stillWaits(attempt) ? state.wait : undefined;
  // What was folded before all waits were kept has the latest alone.
  const told = state.waits
    ? Object.values(state.waits)
    : state.wait
      ? [{ first: state.wait, last: state.wait }]
      : [];
  const own = told.map(({ first, last }): WaitOfAttempt => {
    const { kind, on, holder, since, until } = last.value;
    const current = now !== undefined && now.messageId === last.messageId && now.value.on === on;
    return { kind, on, holder, since: since ?? first.at, until, current, messageId: last.messageId };
  });
  return [...own, ...statesOf(attempt)].sort((a, b) => b.since - a.since);
}

/** Such words as Queued and Preparing, from when they were told to what came next. */
function statesOf(attempt: AttemptView): WaitOfAttempt[] {
  const { state } = attempt;
  const words = new Map(Object.values(state.states ?? {}).map((told) => [told.last.value, told]));
  return phasesOf(attempt).flatMap(({ kind, from, to, why }) => {
    const word = why === undefined ? undefined : words.get(why);
    if (!word || why === undefined || (kind !== "waiting" && kind !== "preparing")) return [];
    const current = to === undefined && attempt.endedAt === undefined && attempt.status !== "superseded";
    const { messageId } = word.first;
    return [{ kind: why, on: undefined, holder: undefined, since: from, until: to, current, messageId }];
  });
}
