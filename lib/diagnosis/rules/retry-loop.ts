import { formatDuration, formatQuantity } from "../../base/format.ts";
import type { Instant } from "../../base/instant.ts";
import { hasFailed } from "../askable.ts";
import { defineRule } from "../define-rule.ts";
import type { Facts } from "../facts.ts";
import { orchestratorActions } from "../unblock.ts";
import { ago, code } from "../wording.ts";

export const retryLoop = defineRule({
  id: "retry-loop",
  title: "Retry loop",
  ruleClass: "stuck",
  family: "Compute",
  summary: "Try after try ends with the same failure: another one will not help.",
  beats: {
    "waiting-retry": "the tries before it all ended the same way",
    "starved-queue": "the tries before it all ended the same way",
    "blocked-upstream": "it was tried already, and each try ended the same way",
  },
  asks: hasFailed,
  needs: ["subject", "clock", "retry"],
  judge({ subject, clock, retry }, { now, policy, changesAt }) {
    const { attempt, node } = subject;
    if (!attempt || !clock || retry.failures.length < policy.retryLoopFailures) return undefined;
    const running = subject.open;
    if (!running && !retry.pending && attempt.status !== "waiting") return undefined;
    const [last] = retry.failures;
    if (!last || retry.alike === 0) return { not: "its last failure does not say why" };
    if (retry.alike < policy.retryLoopFailures) {
      return {
        not: `of its failures only the last ${retry.alike === 1 ? "one says" : `${retry.alike} say`} this`,
      };
    }
    const alike = retry.failures.slice(0, retry.alike);
    if (running) {
      const outlived = outlivesAt(alike, subject.startedAt);
      changesAt(outlived);
      if (outlived === undefined || now >= outlived)
        return { not: "this try has come further than those that failed" };
    }
    const first = alike.at(-1) ?? last;
    return {
      claim: `${code(node.key)} failed ${formatQuantity(alike.length, "time")} in a row with the same error, last ${ago(last.at, now)}: ${code(last.error ?? "")}${rest(retry)}`,
      short: `same failure ${alike.length} times`,
      certainty: running ? "possible" : "likely",
      since: first.at,
      evidence: alike.slice(0, 10).map((failure) => ({
        at: failure.at,
        kind: "end",
        text: `Try ${failure.number} failed${failure.tookMs === undefined ? "" : ` after ${formatDuration(failure.tookMs)}`}: ${failure.error ?? ""}`,
        eventId: failure.eventId,
      })),
      missing: [
        running ? "how the try that runs now ends: it may be the one that gets through" : null,
        "anything that changed between the tries",
        clock.note,
      ],
      unblock: [
        {
          action: "Mend what the error names, then run the step again",
          command: null,
          risk: "None: tries that go on meanwhile fail as those before.",
        },
        ...orchestratorActions(attempt, subject.rootAttempt, "failed"),
      ],
    };
  },
});

/** When a try has run longer than any that failed: until then it may well go the same way. */
function outlivesAt(alike: Facts["retry"]["failures"], startedAt: Instant | undefined): number | undefined {
  const took = alike.flatMap((failure) => failure.tookMs ?? []);
  return took.length === 0 || startedAt === undefined ? undefined : startedAt + Math.max(...took);
}

function rest({ max, number }: Facts["retry"]): string {
  if (max === undefined) return "";
  return `; ${formatQuantity(Math.max(0, max - number), "try", "tries")} of ${max} left`;
}
