import { formatCount, formatDuration } from "../../base/format.ts";
import type { Instant } from "../../base/instant.ts";
import { defineRule } from "../define-rule.ts";
import { beatEvidence, outputEvidence, startEvidence } from "../evidence.ts";
import { orchestratorActions, processActions, sendEnd } from "../unblock.ts";
import { tooFew, usualMs } from "../usual.ts";
import { ago, code, names } from "../wording.ts";

export const partialOutputs = defineRule({
  id: "partial-outputs",
  title: "Partial outputs",
  ruleClass: "stuck",
  family: "Completion",
  summary: "Some of its outputs are written and others are not, and nothing grows any more.",
  beats: {
    "lost-completion": "some of what it was to write is still missing",
    "idle-heartbeat": "what is missing is known: some of its outputs came, and the others do not",
    "slow-attempt": "what is missing is known: some of its outputs came, and the others do not",
  },
  needs: ["subject", "clock", "beat", "outputs", "work", "baseline", "told", "wait", "downstream", "source"],
  judge(facts, { now, policy, changesAt }) {
    const { subject, clock, outputs } = facts;
    const { attempt, node } = subject;
    if (!attempt || !clock || !subject.open || !subject.leaf) return undefined;
    if (outputs.own.length === 0 || outputs.missing.length === 0) return undefined;
    const { beat, work, baseline, told, source, downstream } = facts;
    const growing = outputs.missing.filter((o) => o.state === "growing");
    if (beat.state === "dead") return { not: `it has been silent for ${formatDuration(beat.silentMs)}` };
    changesAt(beat.deadAt);
    if (told.finalizing) return { not: `its source says that it is ${code(told.finalizing.as)}` };
    if (facts.wait) return { not: "it says that it waits" };
    const alive = beat.state !== "none";
    const lastSign = alive ? undefined : clock.lastSignAt;
    const quietSince = Math.max(work.lastMovedAt ?? 0, outputs.lastWriteAt ?? 0, lastSign ?? 0) as Instant;
    // Work that says it is done, or that those behind it went on without, owes the rest now.
    const over = work.progressDone || (!alive && downstream.startedSince !== undefined);
    const usual = usualMs(baseline.duration, policy);
    const due =
      over || usual === undefined || subject.startedAt === undefined
        ? quietSince + (over ? policy.outputStableMs : policy.partialOutputMs)
        : Math.max(quietSince + policy.idleFloorMs, subject.startedAt + usual);
    if (now < due) {
      changesAt(due);
      const what = growing.length > 0 ? `${names(growing.map((o) => o.name))} grew` : "something moved";
      return { not: `${what} ${formatDuration(now - quietSince)} ago: the rest may yet come` };
    }
    changesAt(source.state === "unsure" ? source.changesAt : undefined);
    const missing = outputs.missing.map((o) => o.name);
    const wrote = `${formatCount(outputs.own.length)} of ${formatCount(outputs.expected.length)} outputs`;
    const moves = alive ? "it beats, but nothing" : "nothing";
    return {
      claim: `${code(node.key)} wrote ${wrote}, the last ${ago(outputs.lastWriteAt ?? quietSince, now)}; ${names(missing)} ${missing.length === 1 ? "is" : "are"} missing, and ${moves} has moved for ${formatDuration(now - quietSince)}`,
      short: `${wrote}, nothing grows`,
      // Alive, and not known to be late: it may be at work on the rest.
      ruleClass: alive && !over ? "alive" : "stuck",
      certainty:
        (over || usual !== undefined) &&
        outputs.basis === "declared" &&
        source.state !== "unsure" &&
        (alive || over)
          ? "likely"
          : "possible",
      since: quietSince,
      evidence: [
        startEvidence(subject),
        ...outputEvidence(outputs, subject, clock),
        ...beatEvidence(beat, now),
        downstream.startedSince &&
          !alive && {
            at: downstream.startedSince.at,
            kind: "note",
            text: `${code(downstream.startedSince.node.key)}, which waits for it, started`,
            eventId: downstream.startedSince.eventId,
          },
      ],
      missing: [
        `anything that shows ${names(missing)} written`,
        alive ? null : "no heartbeat is promised by this source, so its silence by itself proves nothing",
        over ? null : tooFew(baseline.duration, policy),
        outputs.basis === "history"
          ? "it declared no outputs itself: what its last good attempt wrote is taken for what it owes"
          : null,
        clock.note,
      ],
      unblock: [
        ...processActions(attempt, alive ? "hung" : "silent"),
        ...orchestratorActions(attempt, subject.rootAttempt, "running"),
        sendEnd(attempt, "FAIL", now),
      ],
    };
  },
});
