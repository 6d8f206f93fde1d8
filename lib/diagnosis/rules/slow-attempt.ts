import { formatDuration } from "../../base/format.ts";
import { defineRule } from "../define-rule.ts";
import { beatEvidence, startEvidence } from "../evidence.ts";
import { tooFew, usualMs } from "../usual.ts";
import { code } from "../wording.ts";

export const slowAttempt = defineRule({
  id: "slow-attempt",
  title: "Slow attempt",
  ruleClass: "alive",
  family: "Compute",
  summary: "It takes longer than nearly all of its earlier attempts took: says by how much.",
  beats: { "invalidated-upstream": "why it runs is known; that it takes this long is not explained by it" },
  needs: ["subject", "clock", "beat", "baseline", "told", "wait"],
  judge(facts, { now, policy, changesAt }) {
    const { subject, clock, beat, baseline, told } = facts;
    const { attempt, node, startedAt } = subject;
    const { duration } = baseline;
    if (!attempt || !clock || !subject.open || !subject.leaf || startedAt === undefined) return undefined;
    if (beat.state === "dead") return { not: `it has been silent for ${formatDuration(beat.silentMs)}` };
    changesAt(beat.deadAt);
    const few = tooFew(duration, policy);
    const usual = usualMs(duration, policy);
    if (!duration || usual === undefined) return few === null ? undefined : { not: `it would take ${few}` };
    if (facts.wait) return { not: "it says that it waits" };
    if (told.finalizing) return { not: `its source says that it is ${code(told.finalizing.as)}` };
    const ran = now - startedAt;
    const from = startedAt + usual;
    if (now < from) {
      changesAt(from);
      return { not: `it has run for ${formatDuration(ran)}, as earlier attempts did` };
    }
    const factor = duration.median === 0 ? undefined : ran / duration.median;
    const times =
      factor === undefined ? "" : `, ${written(factor)} times its usual ${formatDuration(duration.median)}`;
    const alike = baseline.sameParameters ? " with the same parameters" : "";
    return {
      claim: `${code(node.key)} has run for ${formatDuration(ran)}${times}: of ${duration.count} earlier attempts${alike} 95% took at most ${formatDuration(duration.p95)}`,
      short: factor === undefined ? "slower than usual" : `${written(factor)} times its usual time`,
      certainty: beat.state === "alive" ? "proven" : "likely",
      since: from as typeof now,
      evidence: [
        startEvidence(subject),
        {
          at: (startedAt + duration.p95) as typeof now,
          kind: "note",
          text: `By now 95% of ${duration.count} earlier attempts${alike} had ended`,
          eventId: null,
        },
        ...beatEvidence(beat, now),
      ],
      missing: [
        beat.state === "none"
          ? "no heartbeat is promised by this source: it is judged by its duration alone, and may have died"
          : null,
        beat.state === "suspect" ? "its heartbeat, which is overdue" : null,
        attempt.state.facts.parameters && !baseline.sameParameters
          ? "five earlier attempts with the same parameters: it may have more to do"
          : null,
        clock.note,
      ],
      unblock: [
        {
          action: "See whether it has more to do than before: its inputs, its parameters, its machine",
          command: null,
          risk: "None: it only looks.",
        },
      ],
    };
  },
});

/** `1.4`, `12`. */
function written(factor: number): string {
  return factor < 10 ? factor.toFixed(1) : String(Math.round(factor));
}
