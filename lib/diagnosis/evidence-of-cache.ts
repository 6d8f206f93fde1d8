/** The pieces of evidence that the rules on caching cite. */
import type { CacheState } from "../projections/attempt-state.ts";
import type { ClockFacts } from "./clock-facts.ts";
import type { Evidence } from "./verdict.ts";
import { code } from "./wording.ts";

/** That the cache decided, in the given words. */
export function statusEvidence(cache: CacheState, clock: ClockFacts, text: string): Evidence {
  return {
    at: clock.told(cache.status),
    kind: "cache",
    text: `${text} (${code(cache.status.value)})`,
    eventId: cache.status.messageId,
  };
}

/** The reason that the source gave with its decision, where it gave one. */
export function reasonEvidence(cache: CacheState, clock: ClockFacts): Evidence | undefined {
  const { reason } = cache;
  // A reason is kept by itself: one of an earlier decision says nothing of this one.
  if (!reason || reason.messageId !== cache.status.messageId) return undefined;
  const [line = ""] = reason.value.trim().split("\n");
  return {
    at: clock.told(reason),
    kind: "cache",
    text: `The reason it gave: ${line.slice(0, 200)}`,
    eventId: reason.messageId,
  };
}
