import { formatDuration } from "../../base/format.ts";
import type { Instant } from "../../base/instant.ts";
import type { AttemptView } from "../../projections/run-view.ts";
import { defineRule } from "../define-rule.ts";
import { outputEvidence, startEvidence } from "../evidence.ts";
import { processActions, sendEnd } from "../unblock.ts";
import { code } from "../wording.ts";

/** Trackers whose runs last until the client that began them says that they end. */
const CLIENTS =
  /^(mlflow|wandb|weights-?and-?biases|comet(-ml)?|neptune|clearml|aim|notebook|jupyter|papermill|colab)$/;
/** Kinds of jobs that a person keeps open. */
const BY_HAND = /notebook|interactive/i;

export const unclosedClientRun = defineRule({
  id: "unclosed-client-run",
  title: "Unclosed client run",
  ruleClass: "stuck",
  family: "Completion",
  summary:
    "Only the client that began it can end it, and it has shown nothing for long: it may be long gone.",
  beats: {
    "lost-completion": "only its client could have closed it: nobody else ever will",
    "partial-outputs": "only its client could have closed it: nobody else ever will",
    "slow-attempt": "only its client could have closed it, and that shows nothing any more",
  },
  needs: ["subject", "clock", "beat", "outputs", "work", "baseline", "told", "wait", "source"],
  judge(facts, { now, policy, changesAt }) {
    const { subject, clock, beat, outputs, work, baseline, told, source } = facts;
    const { attempt, node } = subject;
    if (!attempt || !clock || !subject.open || !subject.leaf || !isClientRun(attempt)) return undefined;
    if (beat.state !== "none") return { not: "it keeps a heartbeat, and is judged by that" };
    if (told.finalizing) return { not: `its source says that it is ${code(told.finalizing.as)}` };
    if (facts.wait) return { not: "it says that it waits" };
    if (outputs.complete && outputs.basis !== "seen") return { not: "all that it was to write is there" };
    const quietSince = Math.max(clock.lastSignAt ?? 0, work.lastMovedAt ?? 0) as Instant;
    if (quietSince === 0) return undefined;
    const usual = usualEnd(facts, policy.baselineSamples);
    // An epoch may take long, and so may the night: what it has always ended within is what it is measured by.
    const from = Math.max(quietSince + policy.clientRunMs, usual ?? 0);
    if (now < from) {
      changesAt(from);
      return { not: `something was heard of it ${formatDuration(now - quietSince)} ago` };
    }
    changesAt(source.state === "unsure" ? source.changesAt : undefined);
    const longAgo = quietSince + policy.unpromisedSilenceMs;
    if (usual === undefined) changesAt(longAgo);
    const likely = usual !== undefined || now >= longAgo;
    const quiet = formatDuration(now - quietSince);
    return {
      claim: `${code(node.key)} is open until its client closes it, and has shown nothing for ${quiet}`,
      short: "its client may be gone",
      certainty: likely && source.state !== "unsure" ? "likely" : "possible",
      since: quietSince,
      evidence: [
        startEvidence(subject),
        ...outputEvidence(outputs, subject, clock),
        {
          at: quietSince,
          kind: "gap",
          text: "The last that was heard of it",
          eventId: attempt.state.last?.messageId ?? null,
        },
      ],
      missing: [
        "no heartbeat is promised: whether its process lives cannot be known",
        attempt.state.process?.value.pid === undefined ? "which process it was" : null,
        usual === undefined
          ? `five finished runs of it to tell how long it takes: ${baseline.duration?.count ?? 0} known`
          : null,
        clock.note,
      ],
      unblock: [
        ...(attempt.state.facts.integration?.value === "mlflow"
          ? [
              {
                action:
                  "Close it in MLflow, if its script is gone; begin runs with `with mlflow.start_run():`",
                command: null,
                risk: "Only if you have checked that the script no longer runs.",
              },
            ]
          : []),
        ...processActions(attempt, "silent"),
        sendEnd(attempt, outputs.own.length > 0 ? "COMPLETE" : "ABORT", now),
      ],
    };
  },
});

function isClientRun({ state }: AttemptView): boolean {
  const { integration, jobKind } = state.facts;
  return CLIENTS.test(integration?.value ?? "") || BY_HAND.test(jobKind?.value ?? "");
}

/** When even a long one of it would have ended; undefined where too few are known. */
function usualEnd(
  {
    subject,
    baseline,
  }: {
    subject: { startedAt: Instant | undefined };
    baseline: { duration: { count: number; p95: number } | undefined };
  },
  enough: number,
): number | undefined {
  const { duration } = baseline;
  if (subject.startedAt === undefined || !duration || duration.count < enough) return undefined;
  return subject.startedAt + duration.p95;
}
