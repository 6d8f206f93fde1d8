import { tellsOfCache } from "../askable.ts";
import { defineRule } from "../define-rule.ts";
import { reasonEvidence, statusEvidence } from "../evidence-of-cache.ts";
import { ago, code } from "../wording.ts";

export const disabledReuse = defineRule({
  id: "disabled-reuse",
  title: "Disabled reuse",
  ruleClass: "note",
  family: "Caching",
  summary: "It was run again because reuse is off for it, though it completed before.",
  settled: true,
  asks: tellsOfCache,
  needs: ["subject", "clock", "cache"],
  judge({ subject, clock, cache }, { now }) {
    const { node } = subject;
    if (!clock || cache.cache?.status.value !== "DISABLED") return undefined;
    const { lastGood } = cache;
    if (!lastGood) return { not: "no earlier execution of it is known that could have been reused" };
    return {
      claim: `${code(node.key)} was run again because reuse is off for it; it last completed ${ago(lastGood.endedAt, now)}`,
      short: "reuse is off",
      certainty: "proven",
      since: clock.told(cache.cache.status),
      evidence: [
        statusEvidence(cache.cache, clock, "Its source said that reuse is off"),
        reasonEvidence(cache.cache, clock),
        {
          at: lastGood.endedAt,
          kind: "end",
          text: `It completed in run ${code(lastGood.runId)}`,
          eventId: null,
        },
      ],
      missing: [
        cache.cache.components ? null : "the components of its key: whether it would have been reused",
      ],
      unblock: [
        {
          action: "Turn reuse on for the step (`allow_reuse`, `is_deterministic`, `memoize`, `cache`)",
          command: null,
          risk: "Only where it gives the same for the same inputs: a step that reads the clock or a live table must run.",
        },
      ],
    };
  },
});
