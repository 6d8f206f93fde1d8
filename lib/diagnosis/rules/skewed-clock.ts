import { formatDuration } from "../../base/format.ts";
import { defineRule } from "../define-rule.ts";
import { code } from "../wording.ts";

export const skewedClock = defineRule({
  id: "skewed-clock",
  title: "Skewed clock",
  ruleClass: "note",
  family: "Tracking",
  summary: "The clock of its source is off by more than what beats allow for; its times are corrected.",
  settled: true,
  needs: ["subject", "clock", "source"],
  judge({ subject, clock, source }, { policy }) {
    const { attempt, node } = subject;
    if (!attempt || !clock) return undefined;
    // One clock is told of once: at the root, or at the first step that speaks for another source.
    if (!subject.speaksForSource) return undefined;
    const off = Math.abs(clock.offsetMs);
    if (off <= policy.skewNotedMs) return undefined;
    const first = attempt.state.first ?? attempt.life.firstBeat;
    if (!first) return undefined;
    const way = clock.offsetMs < 0 ? "ahead of" : "behind";
    return {
      claim: `The clock of ${code(source.name)}, which tells of ${code(node.key)}, is ${formatDuration(off)} ${way} ours; its times are corrected by that`,
      short: `clock off by ${formatDuration(off)}`,
      certainty: "likely",
      since: clock.told(first),
      evidence: [
        {
          at: clock.told(first),
          kind: "note",
          text: `What it dated ${formatDuration(Math.abs(first.receivedAt - first.at))} ${first.at > first.receivedAt ? "later" : "earlier"} was received then`,
          eventId: first.messageId,
        },
      ],
      missing: ["a clock that both agree on: slow delivery looks like a clock that is behind"],
      unblock: [
        {
          action: "Let the machines of the source keep time (`chronyc tracking` tells how far they are off)",
          command: null,
          risk: "A clock that is set back may make running work see time twice.",
        },
      ],
    };
  },
});
