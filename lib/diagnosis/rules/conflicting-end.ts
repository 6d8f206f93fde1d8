import type { Instant } from "../../base/instant.ts";
import type { Outcome } from "../../projections/attempt-state.ts";
import { hasEnded } from "../askable.ts";
import { defineRule } from "../define-rule.ts";
import { type AfterEnd, conflictOf } from "../end-conflict.ts";
import type { Evidence, EvidenceKind } from "../verdict.ts";
import { ago, code } from "../wording.ts";

export const conflictingEnd = defineRule({
  id: "conflicting-end",
  title: "Conflicting end",
  ruleClass: "note",
  family: "Completion",
  summary: "It ended in two different ways, or went on working after it had ended.",
  settled: true,
  asks: hasEnded,
  needs: ["subject", "clock"],
  judge({ subject, clock }, { now, policy }) {
    const { attempt, node } = subject;
    if (!attempt || !clock) return undefined;
    const conflict = conflictOf(attempt, policy);
    if (!conflict) return undefined;
    const { outcomes, work } = conflict;
    const [counts, ...others] = outcomes;
    if (!counts) return undefined;
    const endedAt = clock.told(counts.end);
    const evidence: Evidence[] = outcomes.map(({ outcome, end }) => ({
      at: clock.told(end),
      kind: "end",
      text: `It ${WAYS[outcome]}${end.value.error === undefined ? "" : `: ${end.value.error.split("\n")[0]?.slice(0, 200)}`}`,
      eventId: end.messageId,
    }));
    if (work) evidence.push(workEvidence(work, clock.ours(work.at)));
    const twice =
      others.length === 0
        ? ""
        : ` ${others.map(({ outcome }) => WAYS[outcome]).join(" and ")} as well as ${WAYS[counts.outcome]}; the latest by its own clock counts, so it ${WAYS[counts.outcome]}`;
    const after = work ? ` ${WORDS[work.what]} after its end ${ago(endedAt, now)}` : "";
    return {
      claim: `${code(node.key)}${twice}${twice && after ? ", and it" : ""}${after}`,
      short: others.length > 0 ? "ended in two ways" : "worked after its end",
      certainty: "proven",
      since: endedAt,
      evidence,
      missing: [
        others.length > 0 ? "which of its ends is true: look at its outputs, or ask its orchestrator" : null,
        work ? "whether what is there is whole: it may still be at work" : null,
        clock.note,
      ],
    };
  },
});

const WAYS: Readonly<Record<Outcome, string>> = {
  completed: "completed",
  failed: "failed",
  aborted: "was aborted",
};

const WORDS: Readonly<Record<AfterEnd["what"], string>> = {
  beat: "gave a sign of life",
  start: "started again",
  write: "wrote an output",
};

const MARKS: Readonly<Record<AfterEnd["what"], EvidenceKind>> = {
  beat: "beat",
  start: "start",
  write: "written",
};

function workEvidence({ what, name, eventId }: AfterEnd, at: Instant): Evidence {
  const which = name === undefined ? "" : ` (${code(name)})`;
  return { at, kind: MARKS[what], text: `It ${WORDS[what]}${which}, after its end`, eventId };
}
