import { tellsOfCache } from "../askable.ts";
import { defineRule } from "../define-rule.ts";
import { reasonEvidence, statusEvidence } from "../evidence-of-cache.ts";
import { ago, code, names } from "../wording.ts";

export const evictedEntry = defineRule({
  id: "evicted-entry",
  title: "Evicted entry",
  ruleClass: "note",
  family: "Caching",
  summary: "It was run again though its key is the same as before: the entry is gone, expired or unreadable.",
  settled: true,
  asks: tellsOfCache,
  needs: ["subject", "clock", "cache"],
  judge({ subject, clock, cache }, { now }) {
    const { node } = subject;
    const state = cache.cache;
    if (!clock || !state) return undefined;
    const evicted = state.status.value === "EVICTED";
    const same = cache.sameKey;
    if (!evicted && !(cache.missed && same)) return undefined;
    if (cache.offAbove) return { not: `reuse was not asked for in ${code(cache.offAbove.key)}` };
    const before = same && `its key is the same as ${ago(same.past.endedAt, now)}`;
    const { consequences } = cache;
    const behind =
      consequences.length === 0 ? "" : `; ${names(consequences)} behind it ran again as a consequence`;
    const claim = evicted
      ? `the entry of its key is gone${before ? `, and ${before}` : ""}`
      : `${before}, but no entry was found`;
    return {
      claim: `${code(node.key)} was not reused: ${claim}${behind}`,
      short: "same key, entry gone",
      certainty: evicted || same?.by === "key" ? "proven" : "likely",
      since: clock.told(state.status),
      evidence: [
        statusEvidence(state, clock, evicted ? "The entry is gone" : "The cache had no entry"),
        reasonEvidence(state, clock),
        same && {
          at: same.past.endedAt,
          kind: "cache",
          text: `The same ${same.by === "key" ? "key" : "components"} in run ${code(same.past.runId)}, which completed`,
          eventId: null,
        },
      ],
      missing: [
        evicted || same?.by === "key" ? null : "the keys themselves: a component that is not told may differ",
        state.reason ? null : "how long the cache keeps its entries, and who may clear it",
      ],
      unblock: [
        {
          action: "Look at how long the cache keeps entries, and whether somebody cleared it",
          command: null,
          risk: "None: it only looks.",
        },
      ],
    };
  },
});
