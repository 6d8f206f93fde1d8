import { formatDuration, formatQuantity } from "../../base/format.ts";
import type { Instant } from "../../base/instant.ts";
import type { NodeView } from "../../projections/run-view.ts";
import { type Answer, type Bench, defineRule } from "../define-rule.ts";
import type { Facts } from "../facts.ts";
import { evidenceOfRun, nameOfRun, standingOf } from "../other-run.ts";
import { code, names } from "../wording.ts";

export const blockedUpstream = defineRule({
  id: "blocked-upstream",
  title: "Blocked upstream",
  ruleClass: "waiting",
  family: "Dependencies",
  summary: "It waits for steps before it that have not ended; what holds it in the end is named.",
  needs: ["subject", "upstream", "run", "elsewhere", "source", "clock"],
  judge(facts, bench) {
    const { subject, upstream, run } = facts;
    const { node } = subject;
    const { now } = bench;
    if (upstream.unfinished.count === 0 || node.status === "running") return waitsElsewhere(facts, bench);
    if (subject.isRoot) return undefined;
    const [first] = upstream.heldBy;
    if (!first || (upstream.trigger !== "waiting" && upstream.free)) return undefined;
    const roots = upstream.heldBy.map((h) => h.node.key);
    const isDirect = upstream.heldBy.every((h) => upstream.unfinished.has(h.node));
    const held =
      upstream.heldBy.length === 1 && !upstream.heldByMore
        ? `${code(first.node.key)}, ${stateOf(first.node, first.startedAt, now)}`
        : upstream.heldByMore
          ? `${roots.map(code).join(", ")} and others`
          : names(roots);
    return {
      claim: isDirect
        ? `${code(node.key)} waits for ${held}`
        : `${code(node.key)} waits for ${names(upstream.unfinished.some, 3, upstream.unfinished.count)}; what holds it in the end is ${held}`,
      short: `waits for ${roots.length === 1 && !upstream.heldByMore ? code(roots[0] ?? "") : `${roots.length}${upstream.heldByMore ? " or more" : ""} others`}`,
      certainty: "proven",
      since: upstream.readyAt ?? run.knownSince ?? now,
      evidence: upstream.heldBy.map(({ node: holder, startedAt }) => ({
        at: startedAt ?? run.knownSince ?? now,
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

/** What it waits for is of another run. */
function waitsElsewhere(
  { subject, elsewhere, source, clock }: Pick<Facts, "subject" | "elsewhere" | "source" | "clock">,
  { now }: Bench,
): Answer {
  const open = elsewhere.filter(({ other }) => other.status === "open");
  const [first] = open;
  if (!first || (subject.attempt?.status !== "waiting" && !subject.open)) {
    const [ended] = elsewhere;
    return ended && { not: `${nameOfRun(ended.other)} has ended` };
  }
  const loop = open.find(({ other }) => other.waitsForUs);
  const { other, by } = loop ?? first;
  const more = open.length > 1 ? `, and for ${formatQuantity(open.length - 1, "other run")}` : "";
  return {
    claim: `${code(subject.node.key)} waits for ${nameOfRun(other)}${standingOf(other, now)}${more}`,
    short: loop ? "two runs wait for each other" : `waits for ${code(other.pipeline)}`,
    // Neither of two that wait for each other can go on.
    ...(loop && { ruleClass: "stuck" as const }),
    certainty: loop || by === "job" || source.state === "dark" ? "likely" : "proven",
    since: first.since,
    evidence: [
      ...open.slice(0, 10).map(({ by, since, eventId }) => ({
        at: since,
        kind: "wait" as const,
        text: WORDS[by],
        eventId,
      })),
      ...open.slice(0, 10).map((e) => evidenceOfRun(e.other, now)),
    ],
    missing: [
      source.state === "dark" ? `anything from ${code(source.name)} since: it may have begun unheard` : null,
      loop ? "how the other run stands at this moment: its last answer is taken" : null,
      by === "job"
        ? "which execution it waits for: its source names the job alone, so the latest is taken"
        : null,
      clock?.note,
    ],
    unblock: [
      {
        action: loop
          ? `End one of the two, or take the dependency away: this run and ${nameOfRun(other)} wait for each other`
          : `See what holds ${nameOfRun(other)}: nothing is to be done here before`,
        command: null,
        risk: loop ? "What is ended has to be run again." : "None.",
      },
    ],
  };
}

const WORDS = {
  wait: "It says that it waits for it",
  dependency: "It was declared to come after it",
  job: "It was declared to come after its job",
} as const;
