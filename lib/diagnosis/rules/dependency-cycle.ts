import { formatCount } from "../../base/format.ts";
import { hasNotBegun } from "../askable.ts";
import { defineRule } from "../define-rule.ts";
import { code } from "../wording.ts";

/** A way round longer than this is cut short in the middle. */
const SHOWN = 4;

export const dependencyCycle = defineRule({
  id: "dependency-cycle",
  title: "Dependency cycle",
  ruleClass: "stuck",
  family: "Dependencies",
  summary: "Steps wait for each other in a circle, so that none of them can ever start.",
  beats: { "blocked-upstream": "what it waits for waits for it in turn" },
  asks: hasNotBegun,
  needs: ["subject", "upstream", "run"],
  judge({ subject, upstream, run }, { now }) {
    const { node } = subject;
    const { cycle } = upstream;
    if (cycle.length < 2) return undefined;
    const keys = [...cycle.map((n) => n.key), node.key];
    const round =
      keys.length <= SHOWN + 1
        ? keys.map(code).join(" → ")
        : `${keys.slice(0, SHOWN).map(code).join(" → ")} → … → ${code(node.key)}`;
    const since = run.knownSince ?? now;
    return {
      claim: `${code(node.key)} can never start: ${formatCount(cycle.length)} steps wait for each other in a circle (${round})`,
      short: "waits for itself",
      certainty: "proven",
      since,
      evidence: cycle.slice(0, 10).map((from, i) => ({
        at: since,
        kind: "declared" as const,
        text: `${code(cycle[i + 1]?.key ?? node.key)} waits for ${code(from.key)}`,
        eventId: subject.rootAttempt?.state.plan?.messageId ?? null,
      })),
      unblock: [
        {
          action: "Take one of these dependencies out of the pipeline's definition, and start the run anew",
          command: null,
          risk: "None to this run: nothing on the circle can start in it.",
        },
      ],
    };
  },
});
