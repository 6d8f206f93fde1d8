import { tellsOfCache } from "../askable.ts";
import { defineRule } from "../define-rule.ts";
import { reasonEvidence, statusEvidence } from "../evidence-of-cache.ts";
import { code, names } from "../wording.ts";

export const failedLookup = defineRule({
  id: "failed-lookup",
  title: "Failed lookup",
  ruleClass: "note",
  family: "Caching",
  summary:
    "The cache could not be asked, so that it ran; or could not be written, so that the next run will.",
  settled: true,
  asks: tellsOfCache,
  needs: ["subject", "clock", "cache"],
  judge({ subject, clock, cache }) {
    const state = cache.cache;
    const status = state?.status.value;
    if (!clock || !state || (status !== "LOOKUP_FAILED" && status !== "STORE_FAILED")) return undefined;
    const asked = status === "LOOKUP_FAILED";
    const { consequences } = cache;
    const behind =
      !asked || consequences.length === 0
        ? ""
        : `; ${names(consequences)} behind it ran again as a consequence`;
    return {
      claim: asked
        ? `${code(subject.node.key)} was run because its cache could not be asked${behind}`
        : `What ${code(subject.node.key)} made could not be put into its cache: the next run will have to make it again`,
      short: asked ? "cache not reached" : "cache not written",
      certainty: "proven",
      since: clock.told(state.status),
      evidence: [
        statusEvidence(state, clock, asked ? "Asking the cache failed" : "Writing the cache failed"),
        reasonEvidence(state, clock),
      ],
      missing: [state.reason ? null : "why: its source gave no reason"],
      unblock: [
        {
          action: "Look whether the step can reach the cache's store, and may read and write there",
          command: null,
          risk: "None: it only looks.",
        },
      ],
    };
  },
});
