import { afterReport } from "../after-report.ts";
import { tellsOfMachine } from "../askable.ts";
import { type ComputeFacts, newestReport } from "../compute-facts.ts";
import { type Answer, type Bench, defineRule } from "../define-rule.ts";
import {
  beatEvidence,
  lastLogLine,
  logEvidence,
  outputEvidence,
  reportEvidence,
  startEvidence,
} from "../evidence.ts";
import type { Facts } from "../facts.ts";
import { orchestratorActions, sendEnd } from "../unblock.ts";
import type { Evidence } from "../verdict.ts";
import { ago, code } from "../wording.ts";

type Known = Pick<Facts, "subject" | "clock" | "beat" | "outputs" | "compute">;

/** What killed it, by the compute layer's word for it. */
const KILLED: Readonly<Record<string, string>> = {
  "oom-killed": "ran out of memory and was killed",
  "disk-full": "ran out of disk space",
  killed: "was killed",
};

/** Exit codes from here on are 128 and the number of the signal that ended the process (POSIX shells). */
const SIGNALS_FROM = 128;
const SIGNALS: Readonly<Record<number, string>> = {
  2: "SIGINT",
  4: "SIGILL",
  6: "SIGABRT",
  7: "SIGBUS",
  8: "SIGFPE",
  9: "SIGKILL",
  11: "SIGSEGV",
  15: "SIGTERM",
};

/** Last words of a log that only a process that is being killed leaves: of the kernel, Python, Java and libc. */
const LAST_WORDS =
  /^killed$|out of memory|outofmemoryerror|memoryerror|oom-?kill|no space left on device|segmentation fault|received sigterm|signal 9\b|sigkill/i;

export const killedProcess = defineRule({
  id: "killed-process",
  title: "Killed process",
  ruleClass: "stuck",
  family: "Compute",
  summary: "Its process was killed: out of memory, out of disk, or by a signal; and nobody closed it.",
  beats: {
    "lost-completion": "it is known what ended its process, and not all its outputs are written",
    "silent-heartbeat": "it is known what ended its process",
    "unreachable-storage": "its process is gone: what it last said of its storage no longer matters",
    "job-outlived": "it is known what ended its process",
  },
  asks: tellsOfMachine,
  needs: ["subject", "clock", "beat", "outputs", "compute"],
  judge(facts, bench) {
    const { subject, outputs, compute } = facts;
    if (!subject.attempt || !subject.open) return undefined;
    const cause = causeOf(compute) ?? lastWords(facts);
    if (!cause) return undefined;
    if (subject.leaf && outputs.complete) return { not: "all its outputs are written" };
    const after = afterReport(cause, facts.beat, bench.policy.lossGraceMs, bench);
    if ("not" in after) return after;
    return claimed(facts, cause, cause.fromLog ? "likely" : after.certainty, bench);
  },
});

interface Cause {
  readonly how: string;
  readonly short: string;
  readonly at: Evidence["at"];
  readonly lifeSince: boolean;
  readonly evidence: Evidence | undefined;
  readonly fromLog: boolean;
}

/** The compute layer's word, else the exit code. */
function causeOf(compute: ComputeFacts): Cause | undefined {
  const report = newestReport(compute, Object.keys(KILLED));
  if (report) {
    const { kind, at, lifeSince } = report;
    const target = report.target === undefined ? "" : ` on ${code(report.target)}`;
    return {
      how: `${KILLED[kind]}${target}`,
      short: kind === "disk-full" ? "disk full" : kind === "oom-killed" ? "out of memory" : "killed",
      at,
      lifeSince,
      evidence: reportEvidence(report),
      fromLog: false,
    };
  }
  const { exit } = compute;
  if (!exit || exit.code <= SIGNALS_FROM) return undefined;
  const number = exit.code - SIGNALS_FROM;
  const signal = SIGNALS[number] ?? `signal ${number}`;
  return {
    how: `was ended by ${signal}`,
    short: `ended by ${signal}`,
    at: exit.at,
    lifeSince: exit.lifeSince,
    evidence: {
      at: exit.at,
      kind: "note",
      text: `Its process ended with exit code ${exit.code}${number === 9 ? ", which is often the kernel's answer to too little memory" : ""}`,
      eventId: exit.eventId,
    },
    fromLog: false,
  };
}

/** What the log says last; it counts only with beats that stopped, for a log may quote anything. */
function lastWords({ subject, clock, beat }: Known): Cause | undefined {
  const line = subject.attempt && lastLogLine(subject.attempt);
  if (!clock || !line || !LAST_WORDS.test(line) || beat.state !== "dead") return undefined;
  const said = subject.attempt?.state.process;
  if (!said) return undefined;
  return {
    how: `said ${code(line.slice(0, 80))} last`,
    short: "killed, by its log",
    at: clock.told(said),
    lifeSince: false,
    evidence: undefined,
    fromLog: true,
  };
}

function claimed(facts: Known, cause: Cause, certainty: "proven" | "likely", { now }: Bench): Answer {
  const { subject, clock, beat, outputs } = facts;
  const { attempt, node } = subject;
  if (!attempt || !clock) return undefined;
  return {
    claim: `${code(node.key)} ${cause.how} ${ago(cause.at, now)}, and never reported its end`,
    short: cause.short,
    certainty,
    since: cause.at,
    evidence: [
      startEvidence(subject),
      ...outputEvidence(outputs, subject, clock),
      ...beatEvidence(beat, now),
      cause.evidence,
      logEvidence(attempt, clock),
    ],
    missing: [
      beat.state === "none" ? "a heartbeat: none is promised, so only the report tells of its death" : null,
      cause.fromLog ? "a word of its compute layer, or an exit code: its log may be cut off" : null,
      "another try of it, or its end",
      clock.note,
    ],
    unblock: [
      ...orchestratorActions(attempt, subject.rootAttempt, "running"),
      {
        action: `Give it more ${cause.short === "disk full" ? "disk" : "memory"}, or less to do at once, before it is run again`,
        command: null,
        risk: "With the same machine and the same input it is likely to end the same way.",
      },
      sendEnd(attempt, "FAIL", now),
    ],
  };
}
