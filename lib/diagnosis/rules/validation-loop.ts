import { formatQuantity } from "../../base/format.ts";
import { goesRound } from "../askable.ts";
import { defineRule } from "../define-rule.ts";
import type { Loop } from "../loops.ts";
import { orchestratorActions } from "../unblock.ts";
import { ago, code } from "../wording.ts";

export const validationLoop = defineRule({
  id: "validation-loop",
  title: "Validation loop",
  ruleClass: "stuck",
  family: "Validation",
  summary: "It is executed again and again, and the same assertion fails, or its columns go to and fro.",
  beats: {
    "retry-loop": "the assertion that fails each time is known",
    "waiting-retry": "the executions before it all failed the same assertion",
    "failing-validation": "it is not the first execution that fails this assertion",
    "hung-after-output": "the executions before it all came to the same",
    "slow-attempt": "the executions before it all came to the same",
    "blocked-upstream": "it was executed already, and came to the same each time",
  },
  asks: goesRound,
  needs: ["subject", "clock", "checks", "retry"],
  judge({ subject, clock, checks, retry }, { now }) {
    const { attempt, node } = subject;
    const { loop } = checks;
    if (!attempt || !clock || !loop) return undefined;
    const running = subject.open;
    if (!running && !retry.pending && attempt.status !== "waiting") return undefined;
    const last = turnsOf(loop).at(-1);
    const first = turnsOf(loop)[0];
    if (!first || !last) return undefined;
    const count = turnsOf(loop).length;
    // The one that runs now may be the one that gets through: of it nothing is known yet.
    const open = running && last.attempt.id !== attempt.id;
    return {
      claim: `${code(node.key)} was executed ${formatQuantity(count, "time")} and ${whatOf(loop)}, last ${ago(last.startedAt, now)}: it goes round`,
      short: loop.kind === "failure" ? `same assertion failed ${count} times` : "columns go to and fro",
      certainty: loop.kind === "failure" && !open ? "likely" : "possible",
      since: first.startedAt,
      evidence:
        loop.kind === "failure"
          ? loop.failures.slice(-10).map(({ turn, check }) => ({
              at: check.at,
              kind: "note" as const,
              text: `Execution of ${ago(turn.startedAt, now)}: ${code(check.assertion)} failed${check.actual === undefined ? "" : `, found ${code(check.actual.slice(0, 200))}`}`,
              eventId: check.eventId,
            }))
          : loop.turns.slice(-10).map((turn) => ({
              at: turn.startedAt,
              kind: "note" as const,
              text: `${code(loop.dataset)} was written with ${formatQuantity(turn.columns.get(loop.dataset)?.split("\n").length ?? 0, "column")}`,
              eventId: turn.attempt.state.started?.messageId ?? null,
            })),
      missing: [
        open ? "how the execution that runs now comes out" : null,
        "anything that changed between the executions",
        clock.note,
      ],
      unblock: [
        {
          action:
            loop.kind === "failure"
              ? "Mend the data or the assertion: another execution of the same finds the same"
              : `See who changes the columns of ${code(loop.dataset)} back`,
          command: null,
          risk: "None: executions that go on meanwhile come to the same.",
        },
        ...orchestratorActions(attempt, subject.rootAttempt, "failed"),
      ],
    };
  },
});

function turnsOf(loop: Loop) {
  return loop.kind === "failure" ? loop.failures.map(({ turn }) => turn) : loop.turns;
}

function whatOf(loop: Loop): string {
  if (loop.kind === "columns")
    return `wrote ${code(loop.dataset)} with one set of columns and another by turns`;
  const check = loop.failures.at(-1)?.check;
  const on = check?.dataset === undefined ? "" : ` on ${code(check.dataset)}`;
  return `failed ${code(check?.assertion ?? "")}${on} each time`;
}
