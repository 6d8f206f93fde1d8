/** The pieces of evidence that several rules cite. */
import { formatBytes, formatQuantity } from "../base/format.ts";
import type { Instant } from "../base/instant.ts";
import type { AttemptView } from "../projections/run-view.ts";
import type { BeatFacts } from "./beat-facts.ts";
import type { ClockFacts } from "./clock-facts.ts";
import type { ComputeReport } from "./compute-facts.ts";
import type { Subject } from "./facts.ts";
import type { OutputFacts } from "./output-facts.ts";
import type { Evidence } from "./verdict.ts";
import { code, every, names } from "./wording.ts";

/** When the attempt started. */
export function startEvidence(subject: Subject): Evidence | undefined {
  const { attempt, startedAt, node } = subject;
  const started = attempt?.state.started;
  if (!attempt || startedAt === undefined) return undefined;
  const number = attempt.number > 1 ? ` (attempt ${attempt.number})` : "";
  const host = attempt.state.process?.value.host;
  const declared = Object.values(attempt.state.outputs).filter((o) => o.declared).length;
  const where = host === undefined ? "" : ` on ${code(host)}`;
  const promised = declared === 0 ? "" : `, declared ${formatQuantity(declared, "output")}`;
  return {
    at: startedAt,
    kind: "start",
    text: `${code(node.key)} started${where}${number}${promised}`,
    eventId: started?.messageId ?? null,
  };
}

/** One line for each output: written, or declared and not seen; at most ten of each. */
export function outputEvidence(
  outputs: OutputFacts,
  subject: Subject,
  clock: ClockFacts | undefined,
): Evidence[] {
  const lines: Evidence[] = [];
  for (const output of outputs.own.slice(0, MOST)) {
    if (output.writtenAt === undefined) continue;
    lines.push({
      at: output.writtenAt,
      kind: "written",
      text: `${code(output.name)} was written${sizeOf(subject, output.key)}`,
      eventId: output.eventId,
    });
  }
  const missing = outputs.missing.filter((o) => o.state === "missing");
  if (missing.length > 0 && subject.startedAt !== undefined && clock) {
    const told = Object.values(subject.attempt?.state.outputs ?? {}).find((o) => o.declared)?.declared;
    lines.push({
      at: told ? clock.told(told) : subject.startedAt,
      kind: "declared",
      text: `${names(missing.map((o) => o.name))} ${missing.length === 1 ? "was" : "were"} ${outputs.basis === "history" ? "written last time, and not this time" : "declared, and nothing shows it written"}`,
      eventId: outputs.basis === "history" ? null : (told?.messageId ?? null),
    });
  }
  return lines;
}

/** What the compute layer said. */
export function reportEvidence(report: ComputeReport): Evidence {
  const target = report.target === undefined ? "" : ` of ${code(report.target)}`;
  const message = report.message === undefined ? "" : ` (${report.message.trim().slice(0, 300)})`;
  return {
    at: report.at,
    kind: "note",
    text: `Its compute layer reported: ${report.kind}${target}${message}`,
    eventId: report.eventId,
  };
}

/** The last line of its log, which often is the reason. */
export function logEvidence(attempt: AttemptView, clock: ClockFacts): Evidence | undefined {
  const report = attempt.state.process;
  const line = lastLogLine(attempt);
  if (!report || line === undefined) return undefined;
  return {
    at: clock.told(report),
    kind: "note",
    text: `The last of its log: ${code(line.slice(0, 200))}`,
    eventId: report.messageId,
  };
}

/** The last line of an attempt's log that has something in it, where its log is told. */
export function lastLogLine(attempt: AttemptView): string | undefined {
  const line = attempt.state.process?.value.logTail?.trim().split("\n").at(-1)?.trim();
  return line === "" ? undefined : line;
}

/** `, 1.9 GB` where the size of an output is known. */
function sizeOf(subject: Subject, key: string): string {
  const bytes = subject.attempt?.state.outputs[key]?.written?.value.sizeBytes;
  return bytes === undefined ? "" : `, ${formatBytes(bytes)}`;
}

/** No list of evidence is longer than a person reads. */
const MOST = 10;

/** The last beat, and how long nothing has come since. */
export function beatEvidence(beat: BeatFacts, now: Instant): (Evidence | undefined)[] {
  if (beat.intervalMs === undefined) return [];
  const rhythm = `${beat.origin === "promised" ? "promised" : "kept"} ${every(beat.intervalMs)}`;
  const last: Evidence | undefined =
    beat.lastBeatAt === undefined
      ? undefined
      : { at: beat.lastBeatAt, kind: "beat", text: `Last heartbeat (${rhythm})`, eventId: null };
  if (beat.state === "alive" || beat.suspectAt === undefined || now < beat.suspectAt) return [last];
  const gap: Evidence = {
    at: beat.suspectAt,
    kind: "gap",
    text:
      beat.lastBeatAt === undefined
        ? `Not one heartbeat came (${rhythm})`
        : "The next heartbeats did not come",
    eventId: null,
  };
  return [last, gap];
}
