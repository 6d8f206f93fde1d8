import { formatQuantity } from "../../base/format.ts";
import { tellsColumns } from "../askable.ts";
import { defineRule } from "../define-rule.ts";
import type { Drift } from "../drift-facts.ts";
import { ago, code, names } from "../wording.ts";

export const driftedSchema = defineRule({
  id: "drifted-schema",
  title: "Drifted schema",
  ruleClass: "note",
  family: "Validation",
  summary: "An input has other columns than when the step last went well: lists those gone, new and changed.",
  settled: true,
  asks: tellsColumns,
  needs: ["subject", "drift"],
  judge({ subject, drift }, { now }) {
    const { node, attempt } = subject;
    const [first] = drift;
    if (!attempt || !first || attempt.status === "superseded") return undefined;
    // Where it went well all the same, the columns are none of its troubles.
    if (attempt.status === "completed" || attempt.status === "aborted") return undefined;
    const also = drift.length > 1 ? `, and so has ${formatQuantity(drift.length - 1, "other input")}` : "";
    return {
      claim: `${code(first.name)}, which ${code(node.key)} reads, has changed since it last went well ${ago(first.past.endedAt, now)}: ${differences(first)}${also}`,
      short: "input's columns changed",
      certainty: "proven",
      since: first.at,
      evidence: drift.slice(0, 10).flatMap((d) => [
        {
          at: d.past.endedAt,
          kind: "end" as const,
          text: `Run ${code(d.past.runId)} read ${code(d.name)} with other columns, and completed`,
          eventId: null,
        },
        {
          at: d.at,
          kind: "note" as const,
          text: `${code(d.name)}: ${differences(d, 20)}`,
          eventId: d.eventId,
        },
      ]),
      missing: ["whether the step minds: what it reads of these columns is not told"],
      unblock: [
        {
          action: `See what changed ${code(first.name)}, and whether ${code(node.key)} is to follow`,
          command: null,
          risk: "None: it only looks.",
        },
      ],
    };
  },
});

function differences({ gone, changed, added }: Drift, most = 3): string {
  const types = changed
    .slice(0, most)
    .map(({ name, before, now }) => `${code(name)} was ${code(before)} and is ${code(now)}`);
  return [
    ...(gone.length > 0 ? [`${names(gone, most)} ${gone.length === 1 ? "is" : "are"} gone`] : []),
    ...types,
    ...(changed.length > most ? [`${formatQuantity(changed.length - most, "more type")} changed`] : []),
    ...(added.length > 0 ? [`${names(added, most)} ${added.length === 1 ? "is" : "are"} new`] : []),
  ].join(", ");
}
