import { formatDuration, formatQuantity } from "../../base/format.ts";
import type { FailedCheck } from "../checked.ts";
import { defineRule } from "../define-rule.ts";
import { beatEvidence, outputEvidence, startEvidence } from "../evidence.ts";
import { orchestratorActions, sendEnd } from "../unblock.ts";
import { ago, code } from "../wording.ts";

export const failingValidation = defineRule({
  id: "failing-validation",
  title: "Failing validation",
  ruleClass: "stuck",
  family: "Validation",
  summary: "Its outputs are there, an assertion on them fails, and it does not end.",
  beats: {
    "lost-completion": "its outputs are there, but an assertion on them fails: the work did not go well",
    "hung-after-output": "what it waits for is known: an assertion on what it wrote fails",
    "partial-outputs": "what it waits for is known: an assertion on what it wrote fails",
    "idle-heartbeat": "what it waits for is known: an assertion on what it wrote fails",
    "slow-attempt": "what it waits for is known: an assertion on what it wrote fails",
  },
  needs: ["subject", "clock", "beat", "outputs", "checks", "work", "source"],
  judge({ subject, clock, beat, outputs, checks, work, source }, { now, policy, changesAt }) {
    const { attempt, node } = subject;
    const [first] = checks.failing;
    if (!attempt || !clock || !subject.open || !subject.leaf) return undefined;
    if (!first) {
      return checks.warnings > 0
        ? { not: "the assertions that fail are warnings by their source's word: they block nothing" }
        : undefined;
    }
    if (outputs.own.length === 0) return { not: "an assertion fails, but nothing of its own is written" };
    // A step that mends what failed writes, and says how far it has come: its end is due after that.
    const at = checks.failing.at(-1)?.at ?? first.at;
    const moved = Math.max(at, work.lastMovedAt ?? 0);
    const from = moved + policy.failedCheckMs;
    if (now < from) {
      changesAt(from);
      return { not: `something moved ${formatDuration(now - moved)} ago: it may yet end by itself` };
    }
    changesAt(source.state === "unsure" ? source.changesAt : undefined);
    changesAt(beat.suspectAt);
    changesAt(beat.deadAt);
    const more =
      checks.failing.length > 1
        ? `, and ${formatQuantity(checks.failing.length - 1, "other assertion")}`
        : "";
    const sure = outputs.complete && outputs.basis !== "seen" && source.state !== "unsure";
    return {
      claim: `${code(node.key)} wrote what ${named(first)} refuses${more}: it failed ${ago(first.at, now)}, and the step has not ended`,
      short: "assertion fails, no end",
      certainty: sure && first.by === undefined ? "likely" : "possible",
      since: first.at,
      evidence: [
        startEvidence(subject),
        ...outputEvidence(outputs, subject, clock),
        ...checks.failing.slice(0, 10).map((check) => ({
          at: check.at,
          kind: "note" as const,
          text: told(check),
          eventId: check.eventId,
        })),
        ...beatEvidence(beat, now),
      ],
      missing: [
        "what it does with a failed assertion: whether it ends, tries again, or waits for somebody",
        outputs.complete ? null : "some of its outputs",
        first.by ? `whether it knows: ${code(first.by.key)} checked, not the step itself` : null,
        beat.state === "none"
          ? "no heartbeat is promised by this source: whether it lives is not known"
          : null,
        beat.state === "dead" ? `a sign of life for ${formatDuration(beat.silentMs)}` : null,
        clock.note,
      ],
      unblock: [
        {
          action: `Look at what ${named(first)} found; mend the data, or the assertion where it asks too much`,
          command: null,
          risk: "None: it only looks.",
        },
        ...orchestratorActions(attempt, subject.rootAttempt, "running"),
        sendEnd(attempt, "FAIL", now),
      ],
    };
  },
});

function named({ assertion, column, dataset }: FailedCheck): string {
  const where = [column, dataset].filter((part) => part !== undefined).map(code);
  return `${code(assertion)}${where.length === 0 ? "" : ` on ${where.join(" of ")}`}`;
}

function told(check: FailedCheck): string {
  const { expected, actual, by } = check;
  const found = actual === undefined ? "" : `: found ${code(actual.slice(0, 200))}`;
  const wanted =
    expected === undefined ? "" : `${found === "" ? ":" : ","} expected ${code(expected.slice(0, 200))}`;
  return `${named(check)} failed${by ? `, as ${code(by.key)} told` : ""}${found}${wanted}`;
}
