import { formatCount, formatQuantity } from "../../base/format.ts";
import { tellsOfCache } from "../askable.ts";
import { defineRule } from "../define-rule.ts";
import { changeOf, componentOf } from "../key-change.ts";
import { ago, code, names } from "../wording.ts";

export const changedKey = defineRule({
  id: "changed-key",
  title: "Changed key",
  ruleClass: "note",
  family: "Caching",
  summary:
    "It was run again instead of reused because its key differs: says in which component, from what to what.",
  settled: true,
  asks: tellsOfCache,
  needs: ["subject", "clock", "cache"],
  judge({ subject, clock, cache }, { now }) {
    const { changed, consequences, baseline } = cache;
    const [first] = changed;
    const status = cache.cache?.status;
    if (!clock || !status || !cache.missed || !first || !baseline) return undefined;
    if (cache.offAbove) return { not: `reuse was not asked for in ${code(cache.offAbove.key)}` };
    if (cache.sameKey) return undefined;
    if (!cache.first) return { not: `${names(cache.causes.map((c) => c.node.key))} before it ran again` };
    const also = changed.length > 1 ? `, and ${formatQuantity(changed.length - 1, "other component")}` : "";
    const behind =
      consequences.length === 0 ? "" : `; ${names(consequences)} behind it ran again as a consequence`;
    const at = clock.told(status);
    return {
      claim: `${code(subject.node.key)} was not reused: ${componentOf(first)} ${changeOf(first)}${also}${behind}`,
      short: `${first.kind} changed`,
      certainty: "proven",
      since: at,
      evidence: [
        ...changed.slice(0, 10).map((d) => ({
          at,
          kind: "cache" as const,
          text: `${d.kind} ${code(d.name)} ${changeOf(d)}`,
          eventId: status.messageId,
        })),
        changed.length > 10 && {
          at,
          kind: "cache",
          text: `${formatQuantity(changed.length - 10, "more component")} differ`,
          eventId: status.messageId,
        },
        consequences.length > 0 && {
          at,
          kind: "note",
          text: `${formatCount(consequences.length)} behind it ran again: ${names(consequences, 20)}`,
          eventId: null,
        },
        {
          at: baseline.endedAt,
          kind: "cache",
          text: `The closest earlier execution ended ${ago(baseline.endedAt, now)} (run ${code(baseline.runId)})`,
          eventId: null,
        },
      ],
    };
  },
});
