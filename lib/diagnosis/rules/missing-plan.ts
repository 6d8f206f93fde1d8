import { formatDuration, formatQuantity } from "../../base/format.ts";
import { defineRule } from "../define-rule.ts";
import { ago, code } from "../wording.ts";

export const missingPlan = defineRule({
  id: "missing-plan",
  title: "Missing plan",
  ruleClass: "note",
  family: "Dependencies",
  summary:
    "Its DAG was never told and is only known as far as it was seen: whether a step is still to come cannot be told.",
  needs: ["subject", "clock", "children", "source"],
  judge({ subject, clock, children, source }, { now, policy, changesAt }) {
    const { attempt, node } = subject;
    if (!attempt || !clock || subject.leaf || !subject.open || children.planKnown) return undefined;
    // While a step is at work nobody asks whether another will come.
    if (!children.allSettled || children.lastEndAt === undefined) return undefined;
    if (source.state === "dark") return { not: `${code(source.name)} is dark: steps may have come unheard` };
    const from = children.lastEndAt + policy.parentGraceMs;
    changesAt(from);
    if (now < from)
      return { not: `the last step below it ended only ${formatDuration(now - children.lastEndAt)} ago` };
    return {
      claim: `The DAG of ${code(node.key)} was never told: ${formatQuantity(children.count, "step")} ${children.count === 1 ? "was" : "were"} seen, the last ended ${ago(children.lastEndAt, now)}, and whether another is to come cannot be known`,
      short: "DAG not told",
      certainty: "proven",
      since: children.lastEndAt,
      evidence: [
        children.lastEnd && {
          at: children.lastEndAt,
          kind: "end",
          text: `${code(children.lastEnd.key)}, the last step that was seen, ended`,
          eventId: children.lastEnd.eventId,
        },
      ],
      missing: ["the plan: which steps there are, and what each waits for"],
      unblock: [
        {
          action: "Have its source send the facet `unstuck_plan` with the start of the run",
          command: null,
          risk: "None. It helps from the next run on.",
        },
      ],
    };
  },
});
