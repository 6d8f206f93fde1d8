import { formatDuration } from "../../base/format.ts";
import { defineRule } from "../define-rule.ts";
import { beatEvidence, outputEvidence, startEvidence } from "../evidence.ts";
import { orchestratorActions, processActions, sendEnd } from "../unblock.ts";
import { earlierWorkedOn, worksOnUntil } from "../usual.ts";
import { waitsOn } from "../wait-facts.ts";
import { ago, allOutputs, code, outputsShort } from "../wording.ts";

export const hungAfterOutput = defineRule({
  id: "hung-after-output",
  title: "Hung after output",
  ruleClass: "stuck",
  family: "Completion",
  summary:
    "All its outputs are written, yet its process lives on: the work is done and the process is not gone.",
  needs: ["subject", "clock", "beat", "outputs", "told", "baseline", "wait"],
  judge({ subject, clock, beat, outputs, told, baseline, wait }, { now, policy, changesAt }) {
    const { attempt } = subject;
    if (!attempt || !clock || !subject.open || !subject.leaf || !outputs.complete) return undefined;
    if (beat.state === "none") return { not: "nothing shows its process alive: it promised no heartbeat" };
    if (beat.state === "dead")
      return { not: `its last sign of life came ${formatDuration(beat.silentMs)} ago` };
    if (told.finalizing) return { not: `its source says that it is ${code(told.finalizing.as)}` };
    changesAt(beat.suspectAt);
    changesAt(beat.deadAt);
    if (waitsOn(wait, { now, changesAt })) return { not: "it says that it waits" };
    const wroteAt = outputs.lastWriteAt;
    if (wroteAt === undefined) return undefined;
    // The message that told of the write shows that it lived then, and not that it does.
    if ((beat.lastSignAt ?? 0) <= wroteAt + policy.beatSlackMs)
      return { not: "it has given no sign of life since it wrote" };
    const from = wroteAt + policy.hungGraceMs;
    if (now < from) {
      changesAt(from);
      return { not: `it wrote its last output only ${formatDuration(now - wroteAt)} ago` };
    }
    const worksUntil = worksOnUntil(outputs.thereAt, baseline.afterOutputs, policy);
    if (worksUntil !== undefined && now < worksUntil) {
      changesAt(worksUntil);
      return { not: earlierWorkedOn(baseline.afterOutputs) };
    }
    const { progress } = attempt.life;
    const movedAt = progress && clock.told(progress);
    const finished = progress?.value.total !== undefined && progress.value.done >= progress.value.total;
    if (movedAt !== undefined && !finished && movedAt > wroteAt && now < movedAt + policy.hungGraceMs) {
      changesAt(movedAt + policy.hungGraceMs);
      return { not: `its progress moved ${formatDuration(now - movedAt)} ago` };
    }
    if (outputs.basis === "seen" && !finished)
      return { not: "it lives, and never said what it would write: more may be to come" };
    const count = outputs.own.length;
    const lastSign = beat.lastSignAt ?? now;
    return {
      claim: `${code(subject.node.key)} wrote ${allOutputs(count)} ${ago(wroteAt, now)} and still runs: its last sign of life came ${ago(lastSign, now)}`,
      short: `${outputsShort(count)} written, still alive`,
      certainty: outputs.basis === "seen" || beat.state === "suspect" ? "possible" : "likely",
      since: wroteAt,
      evidence: [
        startEvidence(subject),
        ...outputEvidence(outputs, subject, clock),
        ...beatEvidence(beat, now),
        progress &&
          movedAt !== undefined && {
            at: movedAt,
            kind: "note",
            text: `Progress last moved: ${progress.value.done}${progress.value.total === undefined ? "" : ` of ${progress.value.total}`}${progress.value.unit === undefined ? "" : ` ${progress.value.unit}`}`,
            eventId: null,
          },
      ],
      missing: [
        "what the process does now: a stack trace would show a sleep, a thread that is no daemon, or a rank that waits",
        beat.state === "suspect" ? "its next heartbeat, which is overdue: it may be gone by now" : null,
        outputs.basis === "seen" ? "it never said what it would write, so there might be more to come" : null,
        outputs.basis === "history"
          ? "it declared no outputs itself: what its last good attempt wrote is taken for what it owes"
          : null,
        clock.note,
      ],
      unblock: [
        ...processActions(attempt, "hung"),
        ...orchestratorActions(attempt, subject.rootAttempt, "running"),
        sendEnd(attempt, "COMPLETE", now),
      ],
    };
  },
});
