import { formatDuration } from "../../base/format.ts";
import { tellsState } from "../askable.ts";
import { defineRule } from "../define-rule.ts";
import { outputEvidence, startEvidence } from "../evidence.ts";
import { orchestratorActions, sendEnd } from "../unblock.ts";
import { tooFew, usualMs } from "../usual.ts";
import { code } from "../wording.ts";

export const lingeringFinalization = defineRule({
  id: "lingering-finalization",
  title: "Lingering finalization",
  ruleClass: "stuck",
  family: "Completion",
  summary: "Its work is over by its source's word, and what comes after takes longer than it usually does.",
  beats: {
    "slow-attempt": "its source says that its work is over: what comes after takes long",
    "failing-validation": "its source says that its work is over",
  },
  asks: tellsState,
  needs: ["subject", "clock", "told", "outputs", "work", "baseline", "source"],
  judge({ subject, clock, told, outputs, work, baseline, source }, { now, policy, changesAt }) {
    const { attempt, node } = subject;
    const { finalizing } = told;
    if (!attempt || !clock || !subject.open || !subject.leaf || !finalizing) return undefined;
    const succeeded = attempt.state.compute["job-succeeded"] !== undefined;
    const done = succeeded && (outputs.complete || outputs.expected.length === 0);
    if (done && now >= finalizing.since + policy.finalizingMs)
      return { not: "its compute layer reported that the job succeeded: only its end is missing" };
    const usual = usualMs(baseline.finalizing, policy);
    const from = finalizing.since + (usual ?? policy.finalizingMs);
    const took = formatDuration(now - finalizing.since);
    if (now < from) {
      changesAt(from);
      return { not: `it has been ${code(finalizing.as)} for only ${took}` };
    }
    const movedAt = Math.max(
      ...work.signs.filter((s) => s.kind === "output" || s.kind === "log").map((s) => s.at),
      0,
    );
    const restAt = movedAt + policy.uploadRestMs;
    const moves = movedAt >= finalizing.since && now < restAt;
    if (moves) changesAt(restAt);
    changesAt(source.state === "unsure" ? source.changesAt : undefined);
    const than =
      usual === undefined
        ? ""
        : `; ${baseline.finalizing?.count} earlier ones took at most ${formatDuration(baseline.finalizing?.longest ?? 0)}`;
    const what = moves ? "and its output still moves" : "and nothing of it moves";
    return {
      claim: `${code(node.key)} has been ${code(finalizing.as)} for ${took}, ${what}${than}`,
      short: moves ? `${finalizing.as}, still moving` : `${finalizing.as} for ${took}`,
      ...(moves && { ruleClass: "alive" as const }),
      certainty:
        (usual !== undefined || (outputs.complete && outputs.basis !== "seen")) &&
        source.state !== "unsure" &&
        source.state !== "dark"
          ? "likely"
          : "possible",
      since: finalizing.since,
      evidence: [
        startEvidence(subject),
        ...outputEvidence(outputs, subject, clock),
        {
          at: finalizing.since,
          kind: "note",
          text: `Its source said ${code(finalizing.as)}`,
          eventId: finalizing.eventId,
        },
      ],
      missing: [
        work.signs.some((s) => s.kind === "output")
          ? null
          : "whether its outputs still grow: nothing tells of their size",
        usual === undefined ? tooFew(baseline.finalizing, policy) : null,
        "a word of its compute layer on whether the job there has ended",
        clock.note,
      ],
      unblock: [
        {
          action: moves
            ? "Wait, or write to a mounted place next time: then nothing is left to upload at the end"
            : "Read the end of its log: an upload that gave up, storage that refuses, a queue that was not flushed",
          command: null,
          risk: "None: it only looks.",
        },
        ...orchestratorActions(attempt, subject.rootAttempt, "running"),
        sendEnd(attempt, "COMPLETE", now),
      ],
    };
  },
});
