import { formatDuration } from "../../base/format.ts";
import { allUpstream } from "../../projections/run-view.ts";
import { hasNotBegun } from "../askable.ts";
import { type Answer, type Bench, defineRule } from "../define-rule.ts";
import type { Facts } from "../facts.ts";
import { evidenceOfRun, nameOfRun } from "../other-run.ts";
import { askAirflow } from "../unblock.ts";
import { ago, code, names } from "../wording.ts";

export const neverStarted = defineRule({
  id: "never-started",
  title: "Never started",
  ruleClass: "stuck",
  family: "Dependencies",
  summary: "It was planned and all that it needs is there, but nothing has been heard of it.",
  asks: hasNotBegun,
  needs: ["subject", "upstream", "run", "source", "told", "wait", "clock", "elsewhere"],
  judge(facts, bench) {
    const { subject, upstream, run, source, told } = facts;
    const { now, policy, changesAt } = bench;
    const { node } = subject;
    if (subject.attempt) return whenAnnounced(facts, bench);
    if (subject.isRoot || node.status !== "planned" || !node.expectsEvents) return undefined;
    const ready = upstream.trigger === "ready" || upstream.trigger === "maybe-ready";
    if (!ready || !upstream.free || upstream.readyAt === undefined) return undefined;
    if (subject.deadAncestor)
      return { not: `${code(subject.deadAncestor.key)}, which is to start it, fell silent` };
    if (told.cancel)
      return { not: `${code(told.cancel.node.key)} was asked to stop: nothing more is started` };
    if (source.state === "dark") return { not: `${code(source.name)} is dark: it may have started unheard` };

    const { stray } = upstream;
    if (stray && stray.endedAt === null)
      return {
        not: `${nameOfRun(stray)} is at work, which is of its job and does not say what it is a part of: it may be this step`,
      };

    const usual = upstream.pastDelay?.p95;
    const known = subject.pastStarts > 0;
    const patience = upstream.maySkip
      ? policy.unpromisedSilenceMs
      : usual === undefined
        ? policy.neverStartedMs
        : Math.max(policy.readyDelayFactor * usual, policy.readyDelayFloorMs);
    // While others fill all slots that the run ever had it may wait for one, and slots may be fewer than on other days.
    const full = run.working.count > 0 && run.fullUntil === now;
    const slotBy = Math.min(run.slotDueAt ?? Infinity, upstream.readyAt + policy.unpromisedSilenceMs);
    if (full && now < slotBy) {
      changesAt(slotBy);
      return {
        not: `as many steps are at work as ever were at once (${names(run.working.some, 3, run.working.count)}): it may wait for a free slot`,
      };
    }
    const since = Math.max(upstream.readyAt, full ? 0 : (run.fullUntil ?? 0), stray?.endedAt ?? 0);
    const from = since + patience;
    changesAt(from);
    if (now < from)
      return { not: `it has been free to start for only ${formatDuration(now - upstream.readyAt)}` };
    // Airflow skips without a word; once nothing else is at work it would have closed the run, had this been skipped.
    const airflow = subject.rootAttempt?.state.facts.integration?.value === "airflow";
    const before = allUpstream(node);
    const maySkip = upstream.maySkip || (airflow && before.length > 0 && run.working.count > 0);
    const why =
      before.length === 0
        ? `Nothing precedes ${code(node.key)} but the start of its run ${ago(upstream.readyAt, now)}, and it never started`
        : `${code(node.key)} was free to start ${ago(upstream.readyAt, now)} and never did`;
    return {
      claim: stray
        ? `Nothing was heard of ${code(node.key)} as a part of this run; ${nameOfRun(stray)} is of its job, does not say what it is a part of and ended ${ago(stray.endedAt ?? now, now)}: it may have been this step, and nothing followed`
        : usual === undefined
          ? why
          : `${why}; earlier runs took at most ${formatDuration(usual)} to start it`,
      short: "free to start, never did",
      certainty: known && !maySkip && !full && !stray ? "likely" : "possible",
      since: upstream.readyAt,
      evidence: [
        {
          at: upstream.readyAt,
          kind: "end",
          text:
            before.length === 0
              ? "Its run started"
              : `The last of what it waits for ended (${names(before)})`,
          eventId: null,
        },
        stray && evidenceOfRun(stray, now),
        { at: now, kind: "gap", text: `No message of ${code(node.key)} so far`, eventId: null },
      ],
      missing: [
        stray ? "the facet `parent` on its own events, which says what they are a part of" : null,
        known
          ? "a word of its orchestrator: it may stand in a queue of which nothing is told"
          : "an earlier run in which it started, to tell how long it takes",
        maySkip ? "whether it was skipped: its orchestrator says so only at the run's end" : null,
        run.working.count > 0
          ? `whether it waits for a free slot: ${names(run.working.some, 3, run.working.count)} ${run.working.count === 1 ? "is" : "are"} at work`
          : null,
      ],
      unblock: [
        ...askAirflow(node, subject.rootAttempt),
        {
          action: "Look in the orchestrator whether it is queued, paused or held by a pool",
          command: null,
          risk: "None: it only looks.",
        },
      ],
    };
  },
});

/** It was spoken of, does not say what it waits for, and nothing more was heard of it for long. */
function whenAnnounced(
  {
    subject,
    upstream,
    source,
    told,
    wait,
    clock,
    elsewhere,
  }: Pick<Facts, "subject" | "upstream" | "source" | "told" | "wait" | "clock" | "elsewhere">,
  { now, policy, changesAt }: Bench,
): Answer {
  const { attempt, node } = subject;
  const heardAt = clock?.lastSignAt;
  if (!attempt?.seen || attempt.status !== "waiting" || !attempt.owesEnd || heardAt === undefined)
    return undefined;
  if (wait || elsewhere.length > 0 || !upstream.free) return undefined;
  if (told.cancel) return { not: `${code(told.cancel.node.key)} was asked to stop: nothing more is started` };
  if (source.state === "dark") return { not: `${code(source.name)} is dark: it may have started unheard` };
  const from = heardAt + policy.unpromisedSilenceMs;
  changesAt(from);
  if (now < from) return { not: `it was spoken of only ${formatDuration(now - heardAt)} ago` };
  return {
    claim: `${code(node.key)} was spoken of ${ago(heardAt, now)}, and never started`,
    short: "announced, never started",
    certainty: "possible",
    since: heardAt,
    evidence: [
      {
        at: heardAt,
        kind: "gap",
        text: "The last that was heard of it",
        eventId: attempt.state.last?.messageId ?? null,
      },
    ],
    missing: ["what it waits for: it does not say", clock?.note],
    unblock: [
      {
        action: "Look in its orchestrator whether it is queued, paused, or forgotten",
        command: null,
        risk: "None: it only looks.",
      },
    ],
  };
}
