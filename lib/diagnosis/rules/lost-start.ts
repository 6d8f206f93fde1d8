import { formatDuration } from "../../base/format.ts";
import { lacksStart } from "../askable.ts";
import { defineRule } from "../define-rule.ts";
import { code } from "../wording.ts";

export const lostStart = defineRule({
  id: "lost-start",
  title: "Lost start",
  ruleClass: "note",
  family: "Tracking",
  summary: "It works or has ended, but the message that it started never came.",
  settled: true,
  asks: lacksStart,
  needs: ["subject", "clock", "record"],
  judge({ subject, clock, record }, { now, policy, changesAt }) {
    const { attempt, node } = subject;
    if (!attempt?.seen || !clock || attempt.state.started || attempt.reused) return undefined;
    // What failed or was given up may never have begun; only work, or an end that it came to, shows that it did.
    const ended = attempt.status === "completed";
    const first = attempt.life.firstBeat ?? attempt.state.first;
    if ((!ended && attempt.status !== "running") || !first) return undefined;
    const { others } = record;
    if (others.ended >= 2 && others.told.start === 0) return { not: "its source sends no starts at all" };
    const since = clock.told(first);
    const from = since + policy.lostStartMs;
    if (!ended) changesAt(from);
    if (!ended && now < from) return { not: "its start may still be on its way" };
    const peers = others.told.start > 0;
    return {
      claim: `${code(node.key)} ${ended ? "completed" : `has been at work for ${formatDuration(now - since)}`}, but the message that it started never came: when it began is not known, and outputs may be older than they seem`,
      short: ended ? "end without a start" : "work without a start",
      certainty: peers ? "proven" : "possible",
      since,
      evidence: [
        {
          at: since,
          kind: ended && !attempt.life.firstBeat ? "note" : "beat",
          text: "The first that was heard of it",
          eventId: attempt.life.firstBeat ? null : first.messageId,
        },
        ended && {
          at: clock.ours(attempt.endedAt ?? first.at),
          kind: "end",
          text: "It completed",
          eventId: attempt.endMessageId ?? null,
        },
      ],
      missing: [
        "its start",
        peers
          ? null
          : `a start of anything else of ${code(attempt.state.source ?? "its source")}: it may send none`,
        clock.note,
      ],
    };
  },
});
