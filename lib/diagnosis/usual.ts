/** When an attempt is past what earlier ones took, in the words that several rules share. */
import type { Range } from "./baseline.ts";
import type { Policy } from "./policy.ts";

/** How long nearly all earlier attempts took, ms, with some slack; undefined where too few are known. */
export function usualMs(range: Range | undefined, policy: Policy): number | undefined {
  if (!range || range.count < policy.baselineSamples) return undefined;
  return range.p95 + policy.slowSlackMs;
}

/** What is missing to call an attempt slow; null where enough earlier ones are known. */
export function tooFew(range: Range | undefined, policy: Policy): string | null {
  const count = range?.count ?? 0;
  if (count >= policy.baselineSamples) return null;
  const known = count === 0 ? "none is known" : `only ${count} ${count === 1 ? "is" : "are"} known`;
  return `${policy.baselineSamples} finished attempts to tell how long it usually takes: ${known}`;
}
