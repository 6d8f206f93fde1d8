import { formatDuration } from "../../base/format.ts";
import { either, tellsOfWait, tellsState } from "../askable.ts";
import { defineRule } from "../define-rule.ts";
import type { Facts } from "../facts.ts";
import { evidenceOfRun } from "../other-run.ts";
import { code, waitHolder } from "../wording.ts";

const QUEUES: ReadonlySet<string> = new Set(["queue", "capacity", "quota", "pool", "nodes", "resources"]);
/** Words of a source for what stands in a queue: Azure ML, Airflow, Slurm and Kubernetes. */
const QUEUED: ReadonlySet<string> = new Set(["queued", "inqueue", "pending", "unschedulable"]);

export const starvedQueue = defineRule({
  id: "starved-queue",
  title: "Starved queue",
  ruleClass: "waiting",
  family: "Compute",
  summary: "It stands in a queue, or waits for capacity, for longer than it usually does.",
  beats: { "blocked-upstream": "it is past that: it stands in a queue of its own" },
  asks: either(tellsOfWait, tellsState),
  needs: ["subject", "clock", "wait", "told", "upstream", "source"],
  judge(facts, { now, policy, changesAt }) {
    const { subject, clock, upstream, source } = facts;
    const { attempt, node } = subject;
    if (!attempt?.seen || !clock || (attempt.status !== "waiting" && !subject.open)) return undefined;
    const queue = queueOf(facts);
    if (!queue) return undefined;
    if (subject.deadAncestor)
      return { not: `${code(subject.deadAncestor.key)}, which is to start it, fell silent` };
    const usual = upstream.pastDelay?.p95;
    const patience =
      usual === undefined
        ? policy.queuePatienceMs
        : Math.max(policy.readyDelayFactor * usual, policy.readyDelayFloorMs);
    const from = queue.since + patience;
    changesAt(from);
    if (now < from) return { not: `it has been queued for only ${formatDuration(now - queue.since)}` };
    const than =
      usual === undefined ? "" : `; earlier runs took at most ${formatDuration(usual)} to start it`;
    return {
      claim: `${code(node.key)} has waited ${formatDuration(now - queue.since)} for ${queue.what}${than}`,
      short: queue.short,
      certainty: source.state === "dark" ? "possible" : queue.told ? "proven" : "likely",
      since: queue.since,
      evidence: [
        { at: queue.since, kind: "wait", text: `It waits for ${queue.what}`, eventId: queue.eventId },
        facts.wait?.holder?.other && evidenceOfRun(facts.wait.holder.other, now),
      ],
      missing: [
        usual === undefined ? "an earlier run in which it started, to tell how long it usually waits" : null,
        queue.holder ? null : "who has what it waits for",
        source.state === "dark"
          ? `anything from ${code(source.name)} since: it may have begun unheard`
          : null,
        clock.note,
      ],
      unblock: [
        {
          action:
            "Look whether the pool can still grow: its upper limit, quota, a resize that hangs, a lock on it",
          command: null,
          risk: "None: it only looks.",
        },
        {
          action: "Give it another queue or a larger limit, or end what it does not need to wait for",
          command: null,
          risk: "What you end has to be run again.",
        },
      ],
    };
  },
});

function queueOf({ wait, told, subject, upstream }: Pick<Facts, "wait" | "told" | "subject" | "upstream">) {
  if (wait) {
    if (!QUEUES.has(wait.kind)) return undefined;
    // A pool of which somebody is named who has the slot is a matter of that holder: held-lock.
    if (wait.kind === "pool" && wait.holder) return undefined;
    const name = wait.on === undefined ? "" : ` ${code(wait.on)}`;
    const holder = wait.holder ? `, held by ${waitHolder(wait.holder)}` : "";
    const kind = wait.kind === "capacity" || wait.kind === "quota" ? wait.kind : `the ${wait.kind}`;
    const of = name !== "" && (wait.kind === "capacity" || wait.kind === "quota") ? " of" : "";
    return {
      what: `${kind}${of}${name}${holder}`,
      short: `waits for ${kind}${of}${name}`,
      since: wait.since,
      eventId: wait.eventId,
      told: true,
      holder: wait.holder !== undefined,
    };
  }
  const { state } = told;
  if (!state || subject.attempt?.status !== "waiting" || !QUEUED.has(state.word) || !upstream.free)
    return undefined;
  return {
    what: `its turn: its source says ${code(state.as)}`,
    short: "queued",
    since: state.since,
    eventId: state.eventId,
    told: false,
    holder: false,
  };
}
