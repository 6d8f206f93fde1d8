import { formatDuration } from "../../base/format.ts";
import { tellsOfWait } from "../askable.ts";
import { defineRule } from "../define-rule.ts";
import { evidenceOfRun, standingOf } from "../other-run.ts";
import type { WaitFacts } from "../wait-facts.ts";
import { ago, code, waitHolder } from "../wording.ts";

const LOCKS: ReadonlySet<string> = new Set(["lock", "mutex", "semaphore", "slot", "concurrency"]);

export const heldLock = defineRule({
  id: "held-lock",
  title: "Held lock",
  ruleClass: "waiting",
  family: "Compute",
  summary: "It waits for a lock or a slot that somebody else has; names the holder where it is told.",
  beats: {
    "blocked-upstream": "it is past that: it waits for a lock",
    "silent-heartbeat": "the last that it said is that it waits for a lock",
  },
  asks: tellsOfWait,
  needs: ["subject", "clock", "wait", "beat", "source"],
  judge({ subject, clock, wait, beat, source }, { now, policy, changesAt }) {
    const { attempt, node } = subject;
    if (!attempt?.seen || !clock || !wait || (attempt.status !== "waiting" && !subject.open))
      return undefined;
    if (!LOCKS.has(wait.kind) && !(wait.kind === "pool" && wait.holder)) return undefined;
    if (subject.deadAncestor)
      return { not: `${code(subject.deadAncestor.key)}, which is to start it, fell silent` };
    if (beat.state === "dead")
      return { not: `it waited for ${nameOf(wait)}, but it has fallen silent itself` };
    changesAt(beat.deadAt);
    const { holder } = wait;
    // It says that it still waits: what ended long before is the holder in name only.
    const endedAt = holder?.endedAt;
    const freedAt = endedAt === undefined ? undefined : endedAt + policy.lossGraceMs;
    changesAt(freedAt);
    const abandoned = freedAt !== undefined && now >= freedAt;
    const other = holder?.other;
    const standing = other && other.endedAt === null ? standingOf(other, now) : "";
    const by = holder ? `, which ${waitHolder(holder)} has${standing}` : "";
    const after =
      abandoned && endedAt !== undefined
        ? `; that ended ${ago(endedAt, now)}, and nobody gave the lock back`
        : "";
    return {
      claim: `${code(node.key)} has waited ${formatDuration(now - wait.since)} for ${nameOf(wait)}${by}${after}`,
      short: abandoned ? "its lock's holder is gone" : `waits for ${nameOf(wait)}`,
      ...(abandoned && { ruleClass: "stuck" as const }),
      certainty: abandoned || source.state === "dark" ? "likely" : "proven",
      since: wait.since,
      evidence: [
        {
          at: wait.since,
          kind: "wait",
          text: `It waits for ${nameOf(wait)}${by}${holder?.url === undefined ? "" : `: ${holder.url}`}`,
          eventId: wait.eventId,
        },
        endedAt !== undefined && {
          at: endedAt,
          kind: "end",
          text: `${holder ? waitHolder(holder) : "The holder"} ended`,
          eventId: holder?.node?.current?.endMessageId ?? null,
        },
        other && evidenceOfRun(other, now),
      ],
      missing: [
        abandoned ? "whether it was given back since, or taken by somebody else" : null,
        holder ? null : "who has it: its source does not say",
        wait.until === undefined ? "how long it will wait at most" : null,
        source.state === "dark"
          ? `anything from ${code(source.name)} since: it may have begun unheard`
          : null,
        clock.note,
      ],
      unblock: [
        {
          action: holder
            ? `See what ${waitHolder(holder)} does${holder.url === undefined ? "" : ` (${holder.url})`}: it ends there`
            : "Find out who has it, in the system that keeps it",
          command: null,
          risk: "None: it only looks.",
        },
        {
          action: `Release ${nameOf(wait)} by hand, once nobody uses what it guards`,
          command: null,
          risk: "Two that write at once may spoil what the lock guards.",
        },
      ],
    };
  },
});

function nameOf({ kind, on }: WaitFacts): string {
  return on === undefined ? `a ${kind}` : `the ${kind} ${code(on)}`;
}
