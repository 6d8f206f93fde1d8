/** Thresholds that make sense only in an order, and what would put them out of it. */
import { formatDuration } from "../base/format.ts";
import { defaultPolicy, type ThresholdName, thresholds } from "./policy.ts";
import { type Override, policyOfRun } from "./policy-overrides.ts";

/** The first of each pair may not be more than the second. */
const ORDERED: readonly (readonly [less: ThresholdName, more: ThresholdName])[] = [
  // What is not even suspect cannot be dead.
  ["suspectAfterIntervals", "deadAfterIntervals"],
  // A parent of which less is known is waited for no shorter.
  ["parentGraceMs", "parentWithoutPlanMs"],
];

type Setting = Pick<Override, "threshold" | "pipeline" | "node">;

/**
 * Why these overrides cannot hold beside each other after one of them was set or taken away; undefined where they can.
 * Looked at is each place that one of the pair is set for, its globs taken for the names of what they match: there what is
 * set for more holds as well. What was out of order before is nothing that this change brings about.
 */
export function conflictOf(
  changed: Setting,
  before: readonly Override[],
  after: readonly Override[],
): string | undefined {
  for (const [less, more] of ORDERED) {
    if (changed.threshold !== less && changed.threshold !== more) continue;
    const places = [changed, ...after.filter((o) => o.threshold === less || o.threshold === more)];
    for (const place of places) {
      const now = valuesAt(place, after);
      const was = valuesAt(place, before);
      if (now[less] <= now[more] || was[less] > was[more]) continue;
      const [own, other] = changed.threshold === less ? [less, more] : [more, less];
      const where = `${place.pipeline}${place.node === null ? "" : `, ${place.node}`}`;
      return `${own} would be ${told(own, now[own])} for ${where}, where ${other} is ${told(other, now[other])}: ${less} may not be more than ${more}`;
    }
  }
  return undefined;
}

function valuesAt({ pipeline, node }: Omit<Setting, "threshold">, overrides: readonly Override[]) {
  const policy = policyOfRun({ namespace: "", name: pipeline }, overrides, defaultPolicy);
  return (node === null ? policy.run : policy.of(node)).values;
}

function told(name: ThresholdName, value: number): string {
  return thresholds[name].unit === "ms" ? formatDuration(value) : String(value);
}
