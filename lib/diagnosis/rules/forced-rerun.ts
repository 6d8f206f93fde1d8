import { tellsOfCache } from "../askable.ts";
import { defineRule } from "../define-rule.ts";
import { reasonEvidence, statusEvidence } from "../evidence-of-cache.ts";
import { ago, code } from "../wording.ts";

export const forcedRerun = defineRule({
  id: "forced-rerun",
  title: "Forced rerun",
  ruleClass: "note",
  family: "Caching",
  summary: "It was run again because this run was told not to reuse anything of it.",
  settled: true,
  asks: tellsOfCache,
  needs: ["subject", "clock", "cache"],
  judge({ subject, clock, cache }, { now }) {
    const { node, isRoot } = subject;
    if (!clock || cache.cache?.status.value !== "BYPASSED") return undefined;
    const { lastGood, offAbove } = cache;
    if (offAbove) return { not: `it was forced with the whole of ${code(offAbove.key)}` };
    const since = clock.told(cache.cache.status);
    const all = isRoot ? `All steps of ${code(node.key)} were` : `${code(node.key)} was`;
    const told = `because this run was told not to reuse ${isRoot ? "them" : "it"}`;
    return {
      claim: lastGood
        ? `${all} run again ${told}; it last completed ${ago(lastGood.endedAt, now)}`
        : `${all} run ${told}: its source said so ${ago(since, now)}`,
      short: "rerun forced",
      certainty: "proven",
      since,
      evidence: [
        statusEvidence(cache.cache, clock, "The cache was passed by"),
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
          action: "Submit without `force_rerun`, `regenerate_outputs` or the like, if it was not meant",
          command: null,
          risk: "What a forced run made may itself not be reused: Azure ML never takes it for later runs.",
        },
      ],
    };
  },
});
