import type { Instant } from "../base/instant.ts";
import type { Moment } from "../projections/register.ts";
import type { AttemptView } from "../projections/run-view.ts";
import { awaitsRetry } from "./run-graph.ts";

/** Whether the wait that it last spoke of goes on. */
export function stillWaits(attempt: AttemptView): boolean {
  const { wait } = attempt.state;
  if (!wait) return false;
  if (attempt.status === "waiting") return true;
  if (attempt.status === "failed") return awaitsRetry(attempt);
  return attempt.status === "running" && !spokeSince(attempt, wait.at);
}

/**
 * When it first said that it waits as it last said: those who repeat it need not say since when, and may name their
 * place in a queue each time. One that has not started and never spoke of a wait of another kind has waited since it was
 * first spoken of.
 */
export function waitFirstTold(attempt: AttemptView): Moment | undefined {
  const { wait, waits = {}, first } = attempt.state;
  if (!wait) return undefined;
  const [alike, others] = [[] as Moment[], [] as Moment[]];
  for (const told of Object.values(waits))
    (told.last.value.kind === wait.value.kind ? alike : others).push(told.first);
  if (attempt.status === "waiting" && others.length === 0) return first ?? wait;
  const told = alike.reduce<Moment>((a, b) => (b.at < a.at ? b : a), wait);
  return attempt.status === "running" && spokeSince(attempt, told.at, wait.at) ? wait : told;
}

/**
 * Whether it said or did anything but beat after an instant; a beat that tells of progress is more than a beat. What it
 * said at `except` was said with something else.
 */
function spokeSince({ state, life }: AttemptView, at: Instant, except?: Instant): boolean {
  const { resumed, noted, states, outputs } = state;
  const isSince = (moment: Moment | undefined): boolean =>
    moment !== undefined && moment.at > at && moment.at !== except;
  return (
    [resumed, noted, life.progress].some(isSince) ||
    Object.values(states ?? {}).some(({ last }) => isSince(last)) ||
    Object.values(outputs).some(({ written, grew }) => isSince(written) || isSince(grew))
  );
}
