import { formatDuration } from "../../base/format.ts";
import type { Instant } from "../../base/instant.ts";
import { tellsOfMachine } from "../askable.ts";
import { newestReport } from "../compute-facts.ts";
import { defineRule } from "../define-rule.ts";
import {
  beatEvidence,
  lastLogLine,
  logEvidence,
  outputEvidence,
  reportEvidence,
  startEvidence,
} from "../evidence.ts";
import type { Facts } from "../facts.ts";
import { orchestratorActions, processActions } from "../unblock.ts";
import type { Evidence } from "../verdict.ts";
import { ago, code } from "../wording.ts";

/** What clients of stores and networks say when they cannot reach them: S3, Azure, GCS, NFS, HTTP and DNS. */
const OUT_OF_REACH =
  /connection (?:timed out|reset|refused|aborted)|(?:read|connect) ?timed? ?out|max retries exceeded|endpointconnectionerror|could not connect to the endpoint|name resolution|name or service not known|network is unreachable|no route to host|slowdown|service ?unavailable|serverbusy|stale (?:nfs )?file handle|transport endpoint is not connected|input\/output error/i;

export const unreachableStorage = defineRule({
  id: "unreachable-storage",
  title: "Unreachable storage",
  ruleClass: "stuck",
  family: "Compute",
  summary:
    "The last that it said is that it cannot reach its storage or the network, and nothing moved since.",
  beats: {
    "silent-heartbeat": "it said what it could not reach before it fell silent",
  },
  asks: tellsOfMachine,
  needs: ["subject", "clock", "beat", "outputs", "compute"],
  judge({ subject, clock, beat, outputs, compute }, { now, policy, changesAt }) {
    const { attempt, node } = subject;
    if (!attempt || !clock || !subject.open || !subject.leaf) return undefined;
    const report = newestReport(compute, ["storage-unreachable"]);
    const error = report ? errorOfReport(report) : errorOfLog(attempt, clock);
    if (!error) return undefined;
    if (outputs.complete) return { not: "all its outputs are written" };
    const workedAt = compute.lastWorkAt;
    if (workedAt !== undefined && workedAt > error.lastAt) {
      return { not: `its work moved ${ago(workedAt, now)}, after it had complained` };
    }
    // Where work went on between two complaints, only the last one counts.
    const since = workedAt !== undefined && workedAt > error.firstAt ? error.lastAt : error.firstAt;
    const from = since + policy.storageRetryMs;
    changesAt(from);
    changesAt(beat.suspectAt);
    changesAt(beat.deadAt);
    if (now < from)
      return { not: `it has complained for only ${formatDuration(now - since)}: it may yet get through` };
    return {
      claim: `${code(node.key)} has not reached ${error.what} for ${formatDuration(now - since)}, and nothing has moved since`,
      short: "storage out of reach",
      certainty: error.fromLog ? "possible" : "likely",
      since,
      evidence: [
        startEvidence(subject),
        ...outputEvidence(outputs, subject, clock),
        ...beatEvidence(beat, now),
        error.evidence,
        error.fromLog ? undefined : logEvidence(attempt, clock),
      ],
      missing: [
        "a write, a step of progress or a line of its log since",
        error.fromLog ? "more than one line of its log: it may have gone on without a word" : null,
        clock.note,
      ],
      unblock: [
        {
          action: `Look from its machine whether ${error.what} answers: network, credentials, quota, throttling`,
          command: null,
          risk: "None: it only looks.",
        },
        ...processActions(attempt, "hung"),
        ...orchestratorActions(attempt, subject.rootAttempt, "running"),
      ],
    };
  },
});

interface StorageError {
  readonly what: string;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly evidence: Evidence | undefined;
  readonly fromLog: boolean;
}

function errorOfReport(report: NonNullable<ReturnType<typeof newestReport>>): StorageError {
  return {
    what: report.target === undefined ? "its storage" : code(report.target),
    firstAt: report.firstAt,
    lastAt: report.at,
    evidence: reportEvidence(report),
    fromLog: false,
  };
}

/** An error in the last line of a log: whatever it did after that, it would have said so. */
function errorOfLog(
  attempt: NonNullable<Facts["subject"]["attempt"]>,
  clock: NonNullable<Facts["clock"]>,
): StorageError | undefined {
  const line = lastLogLine(attempt);
  const said = attempt.state.process;
  if (!said || line === undefined || !OUT_OF_REACH.test(line)) return undefined;
  const { lastLogAt } = said.value;
  const at = lastLogAt === undefined ? clock.told(said) : clock.ours(lastLogAt);
  const evidence = logEvidence(attempt, clock);
  return { what: "its storage or the network", firstAt: at, lastAt: at, evidence, fromLog: true };
}
