import { formatDuration, formatQuantity } from "../../base/format.ts";
import type { Instant } from "../../base/instant.ts";
import { type Answer, type Bench, defineRule } from "../define-rule.ts";
import type { Facts } from "../facts.ts";
import { evidenceOfRun, nameOfRun } from "../other-run.ts";
import { orchestratorActions, sendEnd } from "../unblock.ts";
import type { Evidence } from "../verdict.ts";
import { ago, code, names } from "../wording.ts";

/** Of a mapped step thousands may fail; the claim tells how many. */
const MOST_EVIDENCE = 20;

export const failedUpstream = defineRule({
  id: "failed-upstream",
  title: "Failed upstream",
  ruleClass: "stuck",
  family: "Dependencies",
  summary:
    "A step before it ended in a way that its trigger rule can never accept, and the run was not closed.",
  needs: ["subject", "upstream", "run", "elsewhere"],
  judge({ subject, upstream, run, elsewhere }, bench) {
    const { now, policy, changesAt } = bench;
    const { node } = subject;
    if (elsewhere.length > 0 && upstream.culprits.length === 0)
      return failedElsewhere(subject, elsewhere, bench);
    const [culprit] = upstream.culprits;
    if (subject.isRoot || node.status === "running" || upstream.trigger !== "impossible" || !culprit)
      return undefined;
    if (run.moving.count > 0) {
      return {
        not: `${names(run.moving.some, 3, run.moving.count)} may still move, and the run cannot close before`,
      };
    }
    const failed = culprit.node.current;
    const since = (Math.max(culprit.at ?? 0, run.lastEndAt ?? 0) || now) as Instant;
    // Airflow's plan tells no trigger rules: one that accepts the failure may be queued, and is then about to start.
    const untold =
      !subject.attempt &&
      node.trigger === "all-success" &&
      subject.rootAttempt?.state.facts.integration?.value === "airflow";
    const from = since + (untold ? policy.neverStartedMs : policy.failedUpstreamGraceMs);
    changesAt(from);
    if (now < from)
      return {
        not: `the last step ended only ${formatDuration(now - since)} ago: ${untold ? "its trigger rule is not told, and it may yet start" : "the run may yet be closed"}`,
      };
    const max = failed?.state.facts.maxAttempts?.value;
    const spent = max !== undefined && failed !== undefined && failed.number >= max;
    const count = upstream.waitBehindCulprits;
    const many = upstream.culprits.length > 1;
    const who = names(upstream.culprits.map((c) => c.node.key));
    const how = culprit.node.status === "aborted" ? (many ? "were aborted" : "was aborted") : "failed";
    const when = culprit.at === undefined ? "" : ` ${ago(culprit.at, now)}`;
    return {
      claim: `${who} ${how}${when}; ${formatQuantity(count, "node waits", "nodes wait")} for a success that cannot come`,
      short: `${code(culprit.node.key)} ${how}`,
      certainty: spent && !untold ? "proven" : "likely",
      since,
      evidence: upstream.culprits.slice(0, MOST_EVIDENCE).map(
        ({ node: by, at }): Evidence => ({
          at: at ?? since,
          kind: "end",
          text: `${code(by.key)} ${by.status}${by.current?.error === undefined ? "" : `: ${firstLine(by.current.error)}`}`,
          eventId: by.current?.endMessageId ?? null,
        }),
      ),
      missing: [
        spent ? null : "how many tries the source allows: another one may yet come",
        untold ? `the trigger rule of ${code(node.key)}, which Airflow's plan leaves out` : null,
        "the end of the run itself, which its orchestrator owes",
      ],
      unblock: [
        ...(failed ? orchestratorActions(failed, subject.rootAttempt, "failed") : []),
        ...(subject.rootAttempt ? [sendEnd(subject.rootAttempt, "FAIL", now)] : []),
      ],
    };
  },
});

/** What was to come first is of another run, and did not succeed. */
function failedElsewhere(
  { node, attempt, rootAttempt }: Facts["subject"],
  elsewhere: Facts["elsewhere"],
  { now, policy, changesAt }: Bench,
): Answer {
  const failed = elsewhere.find(
    ({ other, by }) => by === "dependency" && (other.status === "failed" || other.status === "aborted"),
  );
  if (!failed || !attempt || !NEEDS_SUCCESS.has(node.trigger)) return undefined;
  const { other } = failed;
  const at = other.endedAt ?? failed.since;
  const from = Math.max(at, failed.since) + policy.failedUpstreamGraceMs;
  changesAt(from);
  if (now < from) return { not: `${nameOfRun(other)} ended only ${formatDuration(now - at)} ago` };
  const how = other.status === "aborted" ? "was aborted" : "failed";
  return {
    claim: `${nameOfRun(other).replace(/^r/, "R")} ${how} ${ago(at, now)}, and ${code(node.key)} waits for its success`,
    short: `${code(other.pipeline)} ${how}`,
    certainty: "likely",
    since: at,
    evidence: [
      { at: failed.since, kind: "wait", text: "It was declared to come after it", eventId: failed.eventId },
      evidenceOfRun(other, now),
    ],
    missing: ["whether that run is tried again: a new one may take its place"],
    unblock: [
      ...orchestratorActions(attempt, rootAttempt, "failed"),
      ...(rootAttempt ? [sendEnd(rootAttempt, "FAIL", now)] : []),
    ],
  };
}

const NEEDS_SUCCESS: ReadonlySet<string> = new Set(["all-success", "one-success", "none-failed"]);

function firstLine(text: string): string {
  return (text.trim().split("\n")[0] ?? "").slice(0, 200);
}
