import { formatDuration } from "../../base/format.ts";
import type { Instant } from "../../base/instant.ts";
import { longestGap } from "../baseline.ts";
import { defineRule } from "../define-rule.ts";
import { beatEvidence, logEvidence, startEvidence } from "../evidence.ts";
import type { Facts } from "../facts.ts";
import type { Policy } from "../policy.ts";
import { orchestratorActions, processActions, sendEnd } from "../unblock.ts";
import { tooFew } from "../usual.ts";
import { code } from "../wording.ts";

export const idleHeartbeat = defineRule({
  id: "idle-heartbeat",
  title: "Idle heartbeat",
  ruleClass: "stuck",
  family: "Compute",
  summary:
    "Its heartbeats go on, but progress, outputs, log and processor have not moved for longer than usual.",
  beats: { "slow-attempt": "it is not only late: nothing of its work moves" },
  needs: ["subject", "clock", "beat", "outputs", "work", "baseline", "told", "wait"],
  judge(facts, { now, policy, changesAt }) {
    const { subject, clock, beat, outputs, work, told, baseline } = facts;
    const { attempt, node } = subject;
    if (!attempt || !clock || !subject.open || !subject.leaf) return undefined;
    if (beat.state !== "alive") return undefined;
    changesAt(beat.suspectAt);
    if (outputs.complete) return { not: "all its outputs are written" };
    if (facts.wait) return { not: "it says that it waits" };
    if (told.finalizing) return { not: `its source says that it is ${code(told.finalizing.as)}` };
    const [newest] = work.signs;
    if (!newest)
      return { not: "it tells of nothing but its heartbeats, so whether it works cannot be known" };
    const patience = patienceOf(facts, policy);
    const from = newest.at + patience.ms;
    if (now < from) {
      changesAt(from);
      return { not: `its ${newest.kind} moved ${formatDuration(now - newest.at)} ago` };
    }
    const idle = formatDuration(now - newest.at);
    const kinds = work.signs.map((s) => s.kind);
    const than = patience.learned === undefined ? "" : `; ${patience.learned}`;
    return {
      claim: `${code(node.key)} beats, but ${listed(kinds)} ${kinds.length === 1 ? "has" : "have"} not moved for ${idle}${than}`,
      short: `beats, but idle for ${idle}`,
      // Nothing tells what is usual for it: then it may only be slow.
      ...(patience.learned === undefined && { ruleClass: "alive" as const }),
      certainty: patience.learned === undefined || kinds.length < 2 ? "possible" : "likely",
      since: newest.at,
      evidence: [
        startEvidence(subject),
        ...work.signs.map(({ kind, at }) => ({
          at,
          kind: "note" as const,
          text: `Its ${kind} last moved`,
          eventId: null,
        })),
        logEvidence(attempt, clock),
        ...beatEvidence(beat, now),
      ],
      missing: [
        ...(["progress", "output", "log", "processor"] as const)
          .filter((kind) => !kinds.includes(kind))
          .map((kind) => `its ${kind}, of which it tells nothing`),
        "what its process does now: a stack trace would show a lock, a read, or a rank that waits",
        patience.learned === undefined ? tooFew(baseline.logGap, policy) : null,
        clock.note,
      ],
      unblock: [
        ...processActions(attempt, "hung"),
        ...orchestratorActions(attempt, subject.rootAttempt, "running"),
        sendEnd(attempt, "FAIL", now),
      ],
    };
  },
});

/** How long nothing may move: by the pauses of its own log, else by those of earlier attempts, else by what they took. */
function patienceOf(
  { subject, baseline }: Pick<Facts, "subject" | "baseline">,
  policy: Policy,
): { readonly ms: number; readonly learned: string | undefined } {
  const times: readonly Instant[] = subject.attempt?.state.logTimes ?? [];
  const own = times.length > policy.baselineSamples ? longestGap(times) : null;
  const longest = (gap: number): number => Math.max(policy.idleFloorMs, policy.idleFactor * gap);
  if (own !== null)
    return {
      ms: longest(own),
      learned: `its log never paused for longer than ${formatDuration(own)} before`,
    };
  const { logGap, duration } = baseline;
  if (logGap && logGap.count >= policy.baselineSamples) {
    return {
      ms: longest(logGap.p95),
      learned: `the log of ${logGap.count} earlier attempts never paused for longer than ${formatDuration(logGap.longest)}`,
    };
  }
  if (duration && duration.count >= policy.baselineSamples) {
    return {
      ms: Math.max(policy.idleFloorMs, duration.p95),
      learned: `${duration.count} earlier attempts took at most ${formatDuration(duration.longest)} in all`,
    };
  }
  return { ms: policy.idleMs, learned: undefined };
}

function listed(kinds: readonly string[]): string {
  const last = kinds.at(-1) ?? "";
  return kinds.length < 2 ? `its ${last}` : `its ${kinds.slice(0, -1).join(", ")} and ${last}`;
}
