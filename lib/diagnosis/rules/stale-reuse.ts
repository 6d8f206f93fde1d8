import { formatQuantity } from "../../base/format.ts";
import { tellsOfCache } from "../askable.ts";
import { defineRule } from "../define-rule.ts";
import { statusEvidence } from "../evidence-of-cache.ts";
import { ago, code } from "../wording.ts";

export const staleReuse = defineRule({
  id: "stale-reuse",
  title: "Stale reuse",
  ruleClass: "note",
  family: "Caching",
  summary: "It was reused though an input has another version now than the one that the original read.",
  settled: true,
  asks: tellsOfCache,
  needs: ["subject", "clock", "cache"],
  judge({ subject, clock, cache }, { now }) {
    const { attempt, node } = subject;
    if (!attempt || !clock || cache.cache?.status.value !== "HIT") return undefined;
    const { original } = cache;
    if (!original) return undefined;
    const moved = Object.entries(attempt.state.inputs).flatMap(([key, input]) => {
      const before = original.inputVersions[key];
      const is = input.version;
      return before === undefined || !is || is.value === before ? [] : [{ name: input.name, before, is }];
    });
    const [first] = moved;
    if (!first) return undefined;
    const also = moved.length > 1 ? `, and ${formatQuantity(moved.length - 1, "other input")}` : "";
    const from = original.endedAt ?? original.startedAt;
    return {
      claim: `${code(node.key)} was reused${from === null ? "" : ` from ${ago(from, now)}`}, though its input ${code(first.name)} went from version ${code(first.before)} to ${code(first.is.value)} since${also}`,
      short: "reused, input moved on",
      certainty: "likely",
      since: clock.told(cache.cache.status),
      evidence: [
        statusEvidence(cache.cache, clock, `It was reused from ${code(original.attemptId)}`),
        ...moved.slice(0, 10).map(({ name, before, is }) => ({
          at: clock.told(is),
          kind: "cache" as const,
          text: `${code(name)} is in version ${code(is.value)}; the original read ${code(before)}`,
          eventId: is.messageId,
        })),
      ],
      missing: ["whether the contents differ: a new version may hold the same"],
      unblock: [
        {
          action: "Run the step again without reuse, if its result must show the new data",
          command: null,
          risk: "All that is behind it runs again as well.",
        },
        {
          action: "Put the input's version into the key, so that new data is seen",
          command: null,
          risk: "It is reused less often.",
        },
      ],
    };
  },
});
