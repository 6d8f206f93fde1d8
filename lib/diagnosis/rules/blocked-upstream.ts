import { formatDuration } from "../../base/format.ts";
import type { Instant } from "../../base/instant.ts";
import type { NodeView } from "../../projections/run-view.ts";
import { defineRule } from "../define-rule.ts";
import { code, names } from "../wording.ts";

export const blockedUpstream = defineRule({
  id: "blocked-upstream",
  title: "Blocked upstream",
  ruleClass: "waiting",
  family: "Dependencies",
  summary: "It waits for steps before it that have not ended; what holds it in the end is named.",
  needs: ["subject", "upstream", "run"],
  judge({ subject, upstream, run }, { now }) {
    const { node } = subject;
    if (subject.isRoot || node.status === "running" || upstream.unfinished.length === 0) return undefined;
    const [first] = upstream.heldBy;
    if (!first || (upstream.trigger !== "waiting" && upstream.free)) return undefined;
    const direct = new Set(upstream.unfinished.map((n) => n.key));
    const roots = upstream.heldBy.map((h) => h.node.key);
    const isDirect = upstream.heldBy.every((h) => direct.has(h.node.key));
    const held =
      upstream.heldBy.length === 1 && !upstream.heldByMore
        ? `${code(first.node.key)}, ${stateOf(first.node, first.startedAt, now)}`
        : upstream.heldByMore
          ? `${roots.map(code).join(", ")} and others`
          : names(roots);
    return {
      claim: isDirect
        ? `${code(node.key)} waits for ${held}`
        : `${code(node.key)} waits for ${names([...direct])}; what holds it in the end is ${held}`,
      short: `waits for ${roots.length === 1 && !upstream.heldByMore ? code(roots[0] ?? "") : `${roots.length}${upstream.heldByMore ? " or more" : ""} others`}`,
      certainty: "proven",
      since: upstream.readyAt ?? run.startedAt ?? now,
      evidence: upstream.heldBy.map(({ node: holder, startedAt }) => ({
        at: startedAt ?? run.startedAt ?? now,
        kind: startedAt === undefined ? "gap" : "start",
        text: `${code(holder.key)}: ${stateOf(holder, startedAt, now).replace(/^which /, "")}`,
        eventId: holder.current?.state.started?.messageId ?? null,
      })),
      missing: [],
      unblock: [
        {
          action: `See what holds ${names(roots)}: nothing is to be done here before`,
          command: null,
          risk: "None.",
        },
      ],
    };
  },
});

function stateOf(node: NodeView, startedAt: Instant | undefined, now: Instant): string {
  if (node.status === "failed") return "which failed and may be tried again";
  if (node.status === "planned") return "which has not started";
  if (node.status === "waiting" || startedAt === undefined) return "which waits to run";
  return `which has been running for ${formatDuration(now - startedAt)}`;
}
