import { afterReport } from "../after-report.ts";
import { tellsOfMachine } from "../askable.ts";
import { type ComputeReport, newestReport } from "../compute-facts.ts";
import { defineRule } from "../define-rule.ts";
import { beatEvidence, logEvidence, outputEvidence, reportEvidence, startEvidence } from "../evidence.ts";
import { orchestratorActions, sendEnd } from "../unblock.ts";
import { ago, code } from "../wording.ts";

/** What became of the machine, by the compute layer's word for it. */
const LOST: Readonly<Record<string, string>> = {
  preempted: "was preempted",
  evicted: "was evicted",
  "node-lost": "lost its machine",
  "node-count": "has no machine left",
};

export const lostNode = defineRule({
  id: "lost-node",
  title: "Lost node",
  ruleClass: "stuck",
  family: "Compute",
  summary: "The machine that it ran on was taken away or is gone, and it was not started anew.",
  beats: {
    "lost-completion":
      "the compute layer says what became of its machine, and not all its outputs are written",
    "silent-heartbeat": "the compute layer says why it fell silent",
    "unreachable-storage": "its machine is gone: what it last said of its storage no longer matters",
    "job-outlived": "the compute layer says what ended its job",
  },
  asks: tellsOfMachine,
  needs: ["subject", "clock", "beat", "outputs", "compute"],
  judge({ subject, clock, beat, outputs, compute }, bench) {
    const { attempt, node } = subject;
    if (!attempt || !clock || !subject.open) return undefined;
    const report = newestReport(compute, Object.keys(LOST));
    if (!report) return undefined;
    const back = returned(report, subject.startedAt);
    if (back) return { not: back };
    if (subject.leaf && outputs.complete) return { not: "all its outputs are written" };
    const after = afterReport(report, beat, bench.policy.lossGraceMs, bench);
    if ("not" in after) return after;
    const target = report.target === undefined ? "" : ` (${code(report.target)})`;
    return {
      claim: `${code(node.key)} ${LOST[report.kind]}${target} ${ago(report.at, bench.now)}, and nothing has been heard of it since`,
      short: report.kind === "node-count" ? "no machine left" : `machine ${report.kind.replace("node-", "")}`,
      certainty: after.certainty,
      since: report.at,
      evidence: [
        startEvidence(subject),
        ...outputEvidence(outputs, subject, clock),
        ...beatEvidence(beat, bench.now),
        reportEvidence(report),
        logEvidence(attempt, clock),
      ],
      missing: [
        beat.state === "none" ? "a heartbeat: none is promised, so only the report tells of its death" : null,
        "another try of it, or its end",
        clock.note,
      ],
      unblock: [
        ...orchestratorActions(attempt, subject.rootAttempt, "running"),
        {
          action: "Start it again on a machine that is not taken away, or let it go on from a checkpoint",
          command: null,
          risk: "What it had not committed is done again.",
        },
        sendEnd(attempt, "FAIL", bench.now),
      ],
    };
  },
});

/** Why a report does not mean that the attempt has no machine now. */
function returned(report: ComputeReport, startedAt: number | undefined): string | undefined {
  if (report.kind === "node-count" && (report.count ?? 1) > 0) {
    return `its compute layer counts ${report.count ?? "some"} machines`;
  }
  return startedAt !== undefined && report.at < startedAt
    ? "its machine was lost before it started: it started on another"
    : undefined;
}
