import { formatDuration, formatQuantity } from "../../base/format.ts";
import type { Instant } from "../../base/instant.ts";
import { either, hasFailed, tellsOfWait } from "../askable.ts";
import { defineRule } from "../define-rule.ts";
import type { Facts } from "../facts.ts";
import { orchestratorActions } from "../unblock.ts";
import { ago, code } from "../wording.ts";

export const waitingRetry = defineRule({
  id: "waiting-retry",
  title: "Waiting for a retry",
  ruleClass: "waiting",
  family: "Compute",
  summary: "Its last try failed and another one is to come: says when, and how many are left.",
  beats: {
    "blocked-upstream": "it was tried already: what it waits for is its next try",
    "starved-queue": "it waits for its next try to be due",
  },
  asks: either(hasFailed, tellsOfWait),
  needs: ["subject", "clock", "retry"],
  judge({ subject, clock, retry }, { now, policy, changesAt }) {
    const { attempt, node } = subject;
    if (!attempt || !clock || !retry.pending) return undefined;
    if (subject.deadAncestor)
      return { not: `${code(subject.deadAncestor.key)}, which is to start it, fell silent` };
    const last = retry.failures[0];
    const since = last?.at ?? clock.lastSignAt ?? now;
    const { dueAt } = retry;
    const lateAt = dueAt === undefined ? undefined : dueAt + policy.retryLateMs;
    changesAt(dueAt);
    changesAt(lateAt);
    changesAt(since + policy.retryWindowMs);
    const late = lateAt !== undefined && now >= lateAt;
    return {
      claim: `${code(node.key)} failed ${ago(since, now)}${because(last?.error)}; ${next(dueAt, late, now)}${left(retry)}`,
      short: late ? "retry overdue" : "waits for its next try",
      ...(late && { ruleClass: "stuck" as const }),
      certainty: late ? "possible" : dueAt === undefined ? "likely" : "proven",
      since,
      evidence: [
        last && {
          at: last.at,
          kind: "end",
          text: `Try ${last.number} failed${because(last.error)}`,
          eventId: last.eventId,
        },
        dueAt !== undefined && {
          at: since,
          kind: "wait",
          text: `Its source said when the next try is due${late ? `: ${ago(dueAt, now)}` : ""}`,
          eventId: retry.dueEventId,
        },
      ],
      missing: [
        dueAt === undefined ? "when the next try is due: its source does not say" : null,
        retry.max === undefined ? "how many tries its source allows" : null,
        late ? "the start of the next try, or word that there will be none" : null,
        clock.note,
      ],
      unblock: orchestratorActions(attempt, subject.rootAttempt, "failed"),
    };
  },
});

function next(dueAt: Instant | undefined, late: boolean, now: Instant): string {
  if (dueAt === undefined) return "another try is to come";
  if (late) return `the next try was due ${ago(dueAt, now)} and has not begun`;
  return dueAt > now ? `the next try is due in ${formatDuration(dueAt - now)}` : "the next try is due now";
}

function left({ max, number }: Facts["retry"]): string {
  if (max === undefined) return "";
  const more = Math.max(0, max - number);
  return `, ${formatQuantity(more, "try", "tries")} of ${max} left`;
}

function because(error: string | undefined): string {
  return error === undefined ? "" : ` (${error.slice(0, 120)})`;
}
