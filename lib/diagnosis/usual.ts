/** When an attempt is past what earlier ones took, in the words that several rules share. */
import { formatDuration, formatQuantity } from "../base/format.ts";
import type { Instant } from "../base/instant.ts";
import type { Range } from "./baseline.ts";
import type { Policy } from "./policy.ts";

/** How long nearly all earlier attempts took, ms, with some slack; undefined where too few are known. */
export function usualMs(range: Range | undefined, policy: Policy): number | undefined {
  if (!range || range.count < policy.baselineSamples) return undefined;
  return range.p95 + policy.slowSlackMs;
}

/**
 * Until when an attempt is at work whose outputs have all been there since an instant, by what earlier ones did;
 * undefined where they ended with their outputs. One of them that was closed late does not make it long.
 */
export function worksOnUntil(
  thereAt: Instant | undefined,
  range: Range | undefined,
  policy: Policy,
): Instant | undefined {
  if (thereAt === undefined || !range || range.count < policy.baselineSamples) return undefined;
  const usual = Math.min(range.p95, range.median * CLEARLY_LONGER);
  return usual > policy.outputStableMs ? ((thereAt + usual + policy.slowSlackMs) as Instant) : undefined;
}

/** Times the median: what is further away was closed late, and is not what nearly all took. */
const CLEARLY_LONGER = 3;

/** Why nothing is claimed until then. */
export function earlierWorkedOn(range: Range | undefined): string {
  return `${formatQuantity(range?.count ?? 0, "earlier attempt")} went on for ${formatDuration(range?.median ?? 0)} after their outputs were there`;
}

/** What is missing to call an attempt slow; null where enough earlier ones are known. */
export function tooFew(range: Range | undefined, policy: Policy): string | null {
  const count = range?.count ?? 0;
  if (count >= policy.baselineSamples) return null;
  const known = count === 0 ? "none is known" : `only ${count} ${count === 1 ? "is" : "are"} known`;
  return `${policy.baselineSamples} finished attempts to tell how long it usually takes: ${known}`;
}
