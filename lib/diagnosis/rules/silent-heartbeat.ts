import { formatDuration } from "../../base/format.ts";
import { maySetRhythm } from "../../projections/attempt-view.ts";
import { defineRule } from "../define-rule.ts";
import { beatEvidence, logEvidence, outputEvidence, startEvidence } from "../evidence.ts";
import type { Facts } from "../facts.ts";
import { orchestratorActions, processActions, sendEnd } from "../unblock.ts";
import type { Certainty } from "../verdict.ts";
import { code, every, names } from "../wording.ts";

export const silentHeartbeat = defineRule({
  id: "silent-heartbeat",
  title: "Silent heartbeat",
  ruleClass: "stuck",
  family: "Compute",
  summary: "The heartbeats that it promised or kept have stopped, and its work is not done.",
  needs: ["subject", "clock", "beat", "outputs", "children", "source", "told"],
  judge({ subject, clock, beat, outputs, children, source, told }, { now, changesAt }) {
    const { attempt } = subject;
    if (!attempt || !clock || attempt.status !== "running") return undefined;
    // What owes no end may owe beats: a promise that is kept by the clock, not by what the work comes to.
    if (!attempt.owesEnd && (beat.origin !== "promised" || !maySetRhythm(attempt.state)))
      return attempt.seen ? { not: "a streaming job or service owes no end" } : undefined;
    if (beat.state === "none") {
      return { not: "no heartbeat was promised, and none was learned: silence alone proves nothing" };
    }
    changesAt(beat.suspectAt);
    changesAt(beat.deadAt);
    if (beat.intervalMs === undefined || beat.lastSignAt === undefined) return undefined;
    if (beat.state === "alive")
      return { not: `its last sign of life came ${formatDuration(beat.silentMs)} ago` };
    if (told.finalizing) {
      return {
        not: `its source says that it is ${code(told.finalizing.as)}: its process need not beat any more`,
      };
    }
    if (subject.leaf && outputs.complete) {
      const at = Math.max(outputs.stableAt ?? now, beat.deadAt ?? now);
      changesAt(at);
      return {
        not: `all its outputs are written${now < at ? `: lost-completion is judged in ${formatDuration(at - now)}` : ""}`,
      };
    }
    if (!subject.leaf && children.allSettled)
      return { not: "all that is below it has ended: its own end is missing" };
    changesAt(source.state === "unsure" ? source.changesAt : undefined);
    const dead = beat.state === "dead";
    const silent = formatDuration(beat.silentMs);
    const promise = `${beat.origin === "promised" ? "promised" : beat.origin === "learned" ? "kept" : "kept in earlier runs"} a heartbeat ${every(beat.intervalMs)}`;
    const rest = subject.leaf
      ? ""
      : `, with ${names([...children.open, ...children.toCome])} still to end below it`;
    return {
      claim: `${code(subject.node.key)} ${promise} and has been silent for ${silent}${rest}`,
      short: dead ? "heartbeat stopped" : "heartbeat overdue",
      certainty: certaintyOf(beat, source),
      since: beat.lastSignAt,
      evidence: [
        startEvidence(subject),
        ...outputEvidence(outputs, subject, clock),
        ...beatEvidence(beat, now),
        logEvidence(attempt, clock),
      ],
      missing: [
        dead
          ? null
          : `${formatDuration((beat.deadAt ?? now) - now)} more of silence, after which it counts as dead`,
        "a word of its compute layer on what became of the process",
        beat.origin === "history" && beat.lastBeatAt === undefined
          ? "a single heartbeat of this attempt: only earlier ones show that it should beat"
          : null,
        outputs.basis === "seen"
          ? "what it was to write: it has written some, and never said how much"
          : null,
        clock.imported || source.state === "alive"
          ? null
          : source.state === "unsure"
            ? `any message from ${code(source.name)} since: its own silence may be the source's`
            : `no other attempt of ${code(source.name)} keeps a rhythm, so the source's silence could not be told from this attempt's`,
        clock.note,
      ],
      unblock: [
        ...processActions(attempt, "silent"),
        ...orchestratorActions(attempt, subject.rootAttempt, "running"),
        sendEnd(attempt, "FAIL", now),
      ],
    };
  },
});

function certaintyOf(beat: Facts["beat"], source: Facts["source"]): Certainty {
  if (beat.state !== "dead" || source.state === "unsure") return "possible";
  return beat.origin === "history" && beat.lastBeatAt === undefined ? "possible" : "likely";
}
