import { afterReport } from "../after-report.ts";
import { tellsOfMachine } from "../askable.ts";
import { type ComputeFacts, newestReport } from "../compute-facts.ts";
import { defineRule } from "../define-rule.ts";
import { beatEvidence, logEvidence, outputEvidence, reportEvidence, startEvidence } from "../evidence.ts";
import { orchestratorActions, sendEnd } from "../unblock.ts";
import type { Evidence } from "../verdict.ts";
import { ago, code, names } from "../wording.ts";

/** Above it a signal ended the process: killed-process tells of these. */
const LAST_EXIT_CODE = 128;

export const jobOutlived = defineRule({
  id: "job-outlived",
  title: "Job outlived",
  ruleClass: "stuck",
  family: "Compute",
  summary: "Its job on the compute layer has ended, and the run goes on as if it had not.",
  beats: {
    "lost-completion": "its job ended by the compute layer's word, and not all its outputs are written",
    "silent-heartbeat": "its job ended: that is why it fell silent",
    "unreachable-storage": "its job ended: what it last said of its storage no longer matters",
  },
  asks: tellsOfMachine,
  needs: ["subject", "clock", "beat", "outputs", "compute", "told"],
  judge({ subject, clock, beat, outputs, compute, told }, bench) {
    const { attempt, node } = subject;
    if (!attempt || !clock || !subject.open) return undefined;
    const ended = endOf(compute);
    if (!ended) return undefined;
    if (subject.leaf && outputs.complete)
      return { not: "all its outputs are written: only its end is missing" };
    if (subject.startedAt !== undefined && ended.at < subject.startedAt)
      return { not: "that job ended before this attempt started" };
    const { finalizing } = told;
    const collectsUntil = (finalizing?.since ?? 0) + bench.policy.finalizingMs;
    if (finalizing && (bench.now < collectsUntil || outputs.expected.length > 0)) {
      bench.changesAt(collectsUntil);
      return { not: `its source says that it is ${code(finalizing.as)}` };
    }
    const grace = ended.well ? bench.policy.jobSucceededGraceMs : bench.policy.lossGraceMs;
    const after = afterReport(ended, beat, grace, bench);
    if ("not" in after) return after;
    const missing = outputs.missing.map((o) => o.name);
    const left = missing.length === 0 ? "" : `; nothing shows ${names(missing)} written`;
    return {
      claim: `The job of ${code(node.key)} ${ended.how} ${ago(ended.at, bench.now)}, and the run was never told${left}`,
      short: ended.well ? "job succeeded, run goes on" : "job failed, run goes on",
      certainty: after.certainty,
      since: ended.at,
      evidence: [
        startEvidence(subject),
        ...outputEvidence(outputs, subject, clock),
        ...beatEvidence(beat, bench.now),
        ended.evidence,
        logEvidence(attempt, clock),
      ],
      missing: [
        "the attempt's own end, which its orchestrator or client owes",
        beat.state === "none" ? "a heartbeat: none is promised, so something may go on after its job" : null,
        clock.note,
      ],
      unblock: [
        ...orchestratorActions(attempt, subject.rootAttempt, "running"),
        sendEnd(attempt, ended.well ? "COMPLETE" : "FAIL", bench.now),
      ],
    };
  },
});

interface Ended {
  readonly well: boolean;
  readonly how: string;
  readonly at: Evidence["at"];
  readonly lifeSince: boolean;
  readonly evidence: Evidence;
}

/** How the job ended by the compute layer's word, else by its exit code. */
function endOf(compute: ComputeFacts): Ended | undefined {
  const report = newestReport(compute, ["job-succeeded", "job-failed"]);
  if (report) {
    const well = report.kind === "job-succeeded";
    const evidence = reportEvidence(report);
    return {
      well,
      how: well ? "succeeded" : "failed",
      at: report.at,
      lifeSince: report.lifeSince,
      evidence,
    };
  }
  const { exit } = compute;
  if (!exit || exit.code > LAST_EXIT_CODE) return undefined;
  const text = `Its process ended with exit code ${exit.code}`;
  return {
    well: exit.code === 0,
    how: `ended with exit code ${exit.code}`,
    at: exit.at,
    lifeSince: exit.lifeSince,
    evidence: { at: exit.at, kind: "note", text, eventId: exit.eventId },
  };
}
