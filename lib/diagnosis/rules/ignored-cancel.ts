import { formatDuration } from "../../base/format.ts";
import { defineRule } from "../define-rule.ts";
import { beatEvidence, startEvidence } from "../evidence.ts";
import { processActions, sendEnd } from "../unblock.ts";
import { ago, code, names } from "../wording.ts";

export const ignoredCancel = defineRule({
  id: "ignored-cancel",
  title: "Ignored cancel",
  ruleClass: "stuck",
  family: "Completion",
  summary: "Its cancellation was asked for long ago and has not taken effect.",
  beats: {
    "lost-completion": "it was asked to stop: its end is that of a cancellation",
    "hung-after-output": "it was asked to stop, and that is what it does not do",
    "unclosed-parent": "it was asked to stop: its end is that of a cancellation",
    "silent-heartbeat": "it was asked to stop, so its silence may be obedience",
    "lost-node": "it was asked to stop: taking its machine away may be how",
    "killed-process": "it was asked to stop: killing it may be how",
    "job-outlived": "it was asked to stop, and its job has",
    "blocked-upstream": "it was asked to stop, and waits no more",
  },
  needs: ["subject", "clock", "beat", "children", "told"],
  judge({ subject, clock, beat, children, told }, { now, policy, changesAt }) {
    const { attempt, node } = subject;
    const { cancel } = told;
    if (!attempt?.seen || !clock || !cancel) return undefined;
    if (attempt.status !== "running" && attempt.status !== "waiting") return undefined;
    if (!attempt.owesEnd) return { not: "a streaming job or service owes no end" };
    if (children.open.length > 0) {
      return { not: `what is below it has not stopped either: ${names(children.open)}` };
    }
    const from = cancel.since + policy.cancelGraceMs;
    changesAt(from);
    if (now < from) {
      return { not: `its cancellation was asked for only ${formatDuration(now - cancel.since)} ago` };
    }
    changesAt(beat.suspectAt);
    changesAt(beat.deadAt);
    const own = cancel.node === node;
    const alive = beat.state === "alive";
    const what = own ? "was asked to stop" : `belongs to ${code(cancel.node.key)}, which was asked to stop`;
    const still = alive
      ? `and still gives signs of life (the last ${ago(beat.lastSignAt ?? now, now)})`
      : "and has not reported an end";
    return {
      claim: `${code(node.key)} ${what} ${ago(cancel.since, now)}, ${still}`,
      short: alive ? "asked to stop, still alive" : "asked to stop, no end",
      certainty: alive && own ? "proven" : "likely",
      since: cancel.since,
      evidence: [
        startEvidence(subject),
        {
          at: cancel.since,
          kind: "note",
          text: `The source of ${code(cancel.node.key)} said ${code(cancel.as)}`,
          eventId: cancel.eventId,
        },
        ...beatEvidence(beat, now),
      ],
      missing: [
        "its end, as cancelled or otherwise",
        alive ? null : "a sign of life since, or a word of its compute layer on what became of the process",
        clock.note,
      ],
      unblock: [
        ...processActions(attempt, "hung"),
        {
          action: "End it by force where it runs: remove its machine, or scale its pool to none",
          command: null,
          risk: "Whatever else runs there ends too, and unwritten work is lost.",
        },
        sendEnd(attempt, "ABORT", now),
      ],
    };
  },
});
