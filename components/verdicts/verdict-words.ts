import type { StateName } from "@/components/ui/state-shape";
import { toMillis } from "@/lib/base/format";
import type { VerdictChangeResource } from "@/lib/contract/verdict-history";
import type { Weighing } from "@/lib/drawing/worst-over-time";

/** The states that a verdict gives a run, the worst last; a note gives none. */
const STATES = ["waiting", "slow", "unknown", "suspect", "stuck"] as const satisfies readonly StateName[];

function weightOf({ ruleClass, certainty, change }: VerdictChangeResource): number {
  if (change === "closed" || ruleClass === "note") return 0;
  if (ruleClass === "stuck") return certainty === "possible" ? 4 : 5;
  return { unknown: 3, alive: 2, waiting: 1 }[ruleClass];
}

/** How much each verdict weighed when. */
export function weighings(changes: readonly VerdictChangeResource[]): Weighing[] {
  return changes.map((change) => ({
    key: JSON.stringify([change.nodeKey, change.rule, change.attemptId]),
    at: toMillis(change.at),
    weight: weightOf(change),
  }));
}

/** What a weight says of a run. */
export function stateOfWeight(weight: number): StateName {
  return STATES[weight - 1] ?? "progressing";
}
