import { tellsOfCache } from "../askable.ts";
import { defineRule } from "../define-rule.ts";
import { reasonEvidence, statusEvidence } from "../evidence-of-cache.ts";
import { ago, code } from "../wording.ts";

export const disabledReuse = defineRule({
  id: "disabled-reuse",
  title: "Disabled reuse",
  ruleClass: "note",
  family: "Caching",
  summary: "Reuse is off for it: it is run again though it may have completed before.",
  settled: true,
  asks: tellsOfCache,
  needs: ["subject", "clock", "cache"],
  judge({ subject, clock, cache }, { now }) {
    const { node } = subject;
    if (!clock || cache.cache?.status.value !== "DISABLED") return undefined;
    const { lastGood } = cache;
    const since = clock.told(cache.cache.status);
    return {
      claim: lastGood
        ? `${code(node.key)} was run again because reuse is off for it; it last completed ${ago(lastGood.endedAt, now)}`
        : `Reuse is off for ${code(node.key)}: its source said so ${ago(since, now)}`,
      short: "reuse is off",
      certainty: "proven",
      since,
      evidence: [
        statusEvidence(cache.cache, clock, "Its source said that reuse is off"),
        reasonEvidence(cache.cache, clock),
        lastGood && {
          at: lastGood.endedAt,
          kind: "end" as const,
          text: `It completed in run ${code(lastGood.runId)}`,
          eventId: null,
        },
      ],
      missing: [
        lastGood ? null : "an earlier execution that completed: there may be nothing to reuse",
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
