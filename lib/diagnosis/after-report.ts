import { formatDuration } from "../base/format.ts";
import type { Instant } from "../base/instant.ts";
import type { BeatFacts } from "./beat-facts.ts";
import type { Bench } from "./define-rule.ts";

/**
 * What became of an attempt after something was reported that ends a process: `not` where it went on, or where it is
 * too early to tell; else how sure it is that it did not.
 *
 * A report alone is the word of one witness, so `likely`; beats that were due since and did not come are a second one.
 */
export function afterReport(
  reported: { readonly at: Instant; readonly lifeSince: boolean },
  beat: BeatFacts,
  graceMs: number,
  { now, changesAt }: Pick<Bench, "now" | "changesAt">,
): { readonly not: string } | { readonly certainty: "proven" | "likely" } {
  if (reported.lifeSince) return { not: "it has given a sign of life since that was reported" };
  // Where beats are due, one that does not come is waited for, and three that did not come leave nothing to wait for.
  const from = Math.min(Math.max(reported.at + graceMs, beat.suspectAt ?? 0), beat.deadAt ?? Infinity);
  changesAt(from);
  changesAt(beat.deadAt);
  if (now < from) {
    return { not: `that was reported only ${formatDuration(now - reported.at)} ago: it may yet go on` };
  }
  return { certainty: beat.state === "dead" ? "proven" : "likely" };
}
