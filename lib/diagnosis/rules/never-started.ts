import { formatDuration } from "../../base/format.ts";
import { allUpstream } from "../../projections/run-view.ts";
import { hasNoAttempt } from "../askable.ts";
import { defineRule } from "../define-rule.ts";
import { askAirflow } from "../unblock.ts";
import { ago, code, names } from "../wording.ts";

export const neverStarted = defineRule({
  id: "never-started",
  title: "Never started",
  ruleClass: "stuck",
  family: "Dependencies",
  summary: "It was planned and all that it needs is there, but nothing has been heard of it.",
  asks: hasNoAttempt,
  needs: ["subject", "upstream", "run", "source", "told"],
  judge({ subject, upstream, run, source, told }, { now, policy, changesAt }) {
    const { node } = subject;
    if (subject.attempt || subject.isRoot || node.status !== "planned" || !node.expectsEvents)
      return undefined;
    const ready = upstream.trigger === "ready" || upstream.trigger === "maybe-ready";
    if (!ready || !upstream.free || upstream.readyAt === undefined) return undefined;
    if (subject.deadAncestor)
      return { not: `${code(subject.deadAncestor.key)}, which is to start it, fell silent` };
    if (told.cancel)
      return { not: `${code(told.cancel.node.key)} was asked to stop: nothing more is started` };
    if (source.state === "dark") return { not: `${code(source.name)} is dark: it may have started unheard` };

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
    const from = (full ? upstream.readyAt : Math.max(upstream.readyAt, run.fullUntil ?? 0)) + patience;
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
      claim:
        usual === undefined ? why : `${why}; earlier runs took at most ${formatDuration(usual)} to start it`,
      short: "free to start, never did",
      certainty: known && !maySkip && !full ? "likely" : "possible",
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
        { at: now, kind: "gap", text: `No message of ${code(node.key)} so far`, eventId: null },
      ],
      missing: [
        known ? null : "an earlier run in which it started, to tell how long it takes",
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
