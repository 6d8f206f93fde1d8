import { formatQuantity } from "../../base/format.ts";
import { tellsOfCache } from "../askable.ts";
import { defineRule } from "../define-rule.ts";
import { startEvidence } from "../evidence.ts";
import { changeOf, componentOf } from "../key-change.ts";
import { ago, code, names } from "../wording.ts";

export const invalidatedUpstream = defineRule({
  id: "invalidated-upstream",
  title: "Invalidated upstream",
  ruleClass: "alive",
  family: "Dependencies",
  summary:
    "It runs again because what it depends on changed, though its outputs from before are still there: says what, from what to what.",
  asks: tellsOfCache,
  needs: ["subject", "clock", "cache", "source"],
  judge({ subject, clock, cache, source }, { now }) {
    const { node, attempt } = subject;
    const { baseline, changed, causes, consequences } = cache;
    const status = cache.cache?.status;
    if (!attempt || !clock || !status || !cache.missed || attempt.endedAt !== undefined) return undefined;
    const [first] = changed;
    if (!baseline || !first || cache.sameKey || cache.offAbove) return undefined;
    if (baseline.wrote.length === 0) return undefined;
    if (source.state === "dark") return { not: `${code(source.name)} is dark: it may have ended unheard` };
    const [cause] = causes;
    const [theirs] = cause?.changed ?? [];
    const also = changed.length > 1 ? `, and ${formatQuantity(changed.length - 1, "other component")}` : "";
    const why = !cause
      ? `${componentOf(first)} ${changeOf(first)}${also}`
      : theirs
        ? `${names(causes.map((c) => c.node.key))} before it changed: of ${code(cause.node.key)} ${componentOf(theirs)} ${changeOf(theirs)}`
        : `${names(causes.map((c) => c.node.key))} before it was not reused`;
    const before = baseline.wrote.length === 1 ? "its output" : "its outputs";
    const are = baseline.wrote.length === 1 ? "is" : "are";
    const behind =
      consequences.length === 0 ? "" : `; ${names(consequences)} behind it must run again as well`;
    const at = clock.told(status);
    return {
      claim: `${code(node.key)} runs again because ${why}; ${before} of ${ago(baseline.endedAt, now)} ${are} from before that${behind}`,
      short: cause ? `${code(cause.node.key)} changed` : `${first.kind} changed`,
      certainty: "proven",
      since: at,
      evidence: [
        startEvidence(subject),
        ...changed.slice(0, 10).map((d) => ({
          at,
          kind: "cache" as const,
          text: `${d.kind} ${code(d.name)} ${changeOf(d)}`,
          eventId: status.messageId,
        })),
        {
          at: baseline.endedAt,
          kind: "written",
          text: `Run ${code(baseline.runId)} wrote ${formatQuantity(baseline.wrote.length, "output")} with the key of then`,
          eventId: null,
        },
      ],
      missing: [clock.note],
      unblock: [
        {
          action:
            "Wait, if the change was meant; if not, undo it and submit again: then the old result is reused",
          command: null,
          risk: "What has run so far is thrown away.",
        },
      ],
    };
  },
});
