import { byCodeUnit } from "../base/compare.ts";
import type { AttemptState } from "./attempt-state.ts";

/** Tries in their order: by number where both tell one, else by when they began; the id breaks ties. */
export function compareTries(a: AttemptState, b: AttemptState): number {
  const byNumber = (a.facts.number?.value ?? 0) - (b.facts.number?.value ?? 0);
  return byNumber || beganAt(a) - beganAt(b) || byCodeUnit(a.id, b.id);
}

/** Nothing is received before it happens: where it was, the clock of the worker is ahead, by as much at least. */
function beganAt({ started, first, minLagMs = 0 }: AttemptState): number {
  return (started?.at ?? first?.at ?? 0) + Math.min(0, minLagMs);
}
