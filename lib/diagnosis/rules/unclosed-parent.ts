import { formatCount, formatDuration } from "../../base/format.ts";
import type { Instant } from "../../base/instant.ts";
import { defineRule } from "../define-rule.ts";
import { beatEvidence, startEvidence } from "../evidence.ts";
import { orchestratorActions, sendEnd } from "../unblock.ts";
import { waitsOn } from "../wait-facts.ts";
import { ago, code, names } from "../wording.ts";

export const unclosedParent = defineRule({
  id: "unclosed-parent",
  title: "Unclosed parent",
  ruleClass: "stuck",
  family: "Completion",
  summary: "All the steps below it have ended and none is to come, but it has not reported its own end.",
  beats: { "silent-heartbeat": "all that is below it has ended: what is missing is its own end" },
  needs: ["subject", "clock", "beat", "children", "source", "wait"],
  judge({ subject, clock, beat, children, source, wait }, { now, policy, changesAt }) {
    const { attempt, node } = subject;
    // What ended below it shows that it began, though its start was lost.
    const begun = attempt?.status === "running" || (attempt?.status === "waiting" && children.done > 0);
    if (!attempt || !clock || subject.leaf || !begun || !attempt.seen) return undefined;
    if (!attempt.owesEnd) return { not: "a streaming job or service owes no end" };
    if (children.open.length > 0) return undefined;
    if (children.toCome.length > 0) {
      return { not: `${names(children.toCome)} never came: that is a matter of what should have started` };
    }
    if (children.lastEndAt === undefined) return undefined;
    const dead = beat.state === "dead";
    changesAt(beat.suspectAt);
    changesAt(beat.deadAt);
    if (!dead && waitsOn(wait, { now, changesAt })) return { not: "it says that it waits" };
    // What may have been skipped without a word may as well be still to come.
    const { unheard } = children;
    const sure = (children.planKnown && unheard.length === 0) || dead;
    if (!sure && beat.state !== "none") {
      const why = children.planKnown ? `of ${names(unheard)} nothing was heard` : "its DAG was never told";
      return { not: `it still beats, and ${why}: more steps may come` };
    }
    // Without a plan whatever it says itself may be the work between two steps.
    const quietAt = sure ? children.lastEndAt : Math.max(children.lastEndAt, clock.lastSignAt ?? 0);
    // What lives may have work of its own to do after the last of its steps.
    const alive = beat.state === "alive" || beat.state === "suspect";
    const from = quietAt + (sure && !alive ? policy.parentGraceMs : policy.parentWithoutPlanMs);
    if (now < from) {
      changesAt(from);
      return { not: `the last step below it ended only ${formatDuration(now - children.lastEndAt)} ago` };
    }
    const longest = Math.max(0, ...subject.pastDurations);
    const usual = (subject.startedAt ?? 0) + longest;
    if (!sure && now < usual) {
      changesAt(usual);
      return { not: `earlier attempts of it took up to ${formatDuration(longest)}` };
    }
    changesAt(source.state === "unsure" ? source.changesAt : undefined);
    const failed = children.failed.length === 0 ? "" : `; ${names(children.failed)} did not succeed`;
    const { count, done } = children;
    const all = count === 1 ? "The only step" : `All ${formatCount(count)} steps`;
    const steps = unheard.length > 0 ? `${formatCount(done)} of ${formatCount(count)} steps` : all;
    const ended = count === 1 ? "ended" : "have ended, the last";
    const skipped = unheard.length === 0 ? "" : `; of ${names(unheard)} nothing was heard`;
    // A pause between two steps that were never announced can last for hours; for a day it does not.
    const longAgo = (quietAt + policy.unpromisedSilenceMs) as Instant;
    if (!sure) changesAt(longAgo);
    const certain = dead ? "proven" : sure || now >= longAgo ? "likely" : "possible";
    return {
      claim: `${steps} of ${code(node.key)} ${ended} ${ago(children.lastEndAt, now)}, and ${code(node.key)} itself never reported its end${failed}${skipped}`,
      short: unheard.length > 0 ? "no step runs, no end of its own" : "all steps ended, no end of its own",
      certainty: source.state === "unsure" ? "possible" : certain,
      since: children.lastEndAt,
      evidence: [
        startEvidence(subject),
        children.lastEnd && {
          at: children.lastEndAt as Instant,
          kind: "end",
          text: `${code(children.lastEnd.key)}, the last step below it, ended`,
          eventId: children.lastEnd.eventId,
        },
        ...beatEvidence(beat, now),
      ],
      missing: [
        children.planKnown ? null : "its DAG was never told, so more steps might come",
        unheard.length > 0 ? `whether ${names(unheard)} were skipped: a branch skips without a word` : null,
        beat.state === "none" ? "no heartbeat is promised by this source" : null,
        beat.state === "alive" ? "what it still does: it beats, though no step is left" : null,
        beat.state === "suspect" ? "its heartbeat, which is overdue" : null,
        source.state === "unsure"
          ? `any message from ${code(source.name)} since: its silence may be the source's`
          : null,
        clock.note,
      ],
      unblock: [
        ...orchestratorActions(attempt, subject.rootAttempt, "running"),
        sendEnd(attempt, children.failed.length > 0 ? "FAIL" : "COMPLETE", now),
      ],
    };
  },
});
