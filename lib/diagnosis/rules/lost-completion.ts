import { formatDuration } from "../../base/format.ts";
import type { Instant } from "../../base/instant.ts";
import { newestReport } from "../compute-facts.ts";
import { type Answer, type Bench, defineRule } from "../define-rule.ts";
import { beatEvidence, outputEvidence, startEvidence } from "../evidence.ts";
import type { Facts } from "../facts.ts";
import { orchestratorActions, sendEnd } from "../unblock.ts";
import { earlierWorkedOn, worksOnUntil } from "../usual.ts";
import type { Certainty } from "../verdict.ts";
import { waitsOn } from "../wait-facts.ts";
import { ago, allOutputs, code, names, outputsShort } from "../wording.ts";

type Known = Pick<
  Facts,
  | "subject"
  | "clock"
  | "beat"
  | "outputs"
  | "downstream"
  | "source"
  | "told"
  | "baseline"
  | "wait"
  | "compute"
>;

export const lostCompletion = defineRule({
  id: "lost-completion",
  title: "Lost completion",
  ruleClass: "stuck",
  family: "Completion",
  summary: "All its outputs are there and it no longer lives, but the message that it completed never came.",
  beats: { "silent-heartbeat": "its outputs are all written: the work was done before it fell silent" },
  needs: [
    "subject",
    "clock",
    "beat",
    "outputs",
    "downstream",
    "source",
    "told",
    "baseline",
    "wait",
    "compute",
  ],
  judge(facts, bench) {
    const { subject, outputs, beat } = facts;
    const { attempt } = subject;
    if (!attempt || !facts.clock || attempt.status !== "running" || !subject.leaf) return undefined;
    if (!attempt.owesEnd) return attempt.seen ? { not: "a streaming job or service owes no end" } : undefined;
    const succeeded = attempt.state.compute["job-succeeded"];
    const { finalizing } = facts.told;
    // Its process may be gone and its end still due: that is a matter of lingering-finalization.
    if (finalizing && !succeeded) return { not: `its source says that it is ${code(finalizing.as)}` };
    if (beat.state !== "dead" && !succeeded && waitsOn(facts.wait, bench))
      return { not: "it says that it waits" };
    if (outputs.complete) return whenWritten(facts, bench);
    const passed = beat.state === "dead" && facts.downstream.startedSince !== undefined;
    return beat.state === "none" || passed ? whenUnproven(facts, bench) : whyNot(facts);
  },
});

/** The outputs are there: is it gone, and have they come to rest? */
function whenWritten(facts: Known, bench: Bench): Answer {
  const { subject, clock, beat, outputs, source } = facts;
  const { now, policy, changesAt } = bench;
  if (!subject.attempt || !clock) return undefined;
  const success = subject.attempt.state.compute["job-succeeded"];
  const succeededAt = success && clock.told(success);
  if (beat.state === "alive" || beat.state === "suspect") {
    changesAt(beat.suspectAt);
    changesAt(beat.deadAt);
    return { not: `its last sign of life came ${formatDuration(beat.silentMs)} ago` };
  }
  // Without a rhythm any sign at all may be that of work that goes on, so the rest is counted from the last one.
  const quiet = [outputs.lastWriteAt, succeededAt, beat.state === "none" ? clock.lastSignAt : undefined];
  const restAt = Math.max(...quiet.filter((at): at is Instant => at !== undefined));
  const { finalizing } = facts.told;
  // That its job succeeded is how finalizing begins: only where it lingers was its end lost.
  if (finalizing && now < finalizing.since + policy.finalizingMs) {
    changesAt(finalizing.since + policy.finalizingMs);
    return { not: `its source says that it is ${code(finalizing.as)}` };
  }
  const stableAt = restAt + policy.outputStableMs;
  if (now < stableAt) {
    changesAt(stableAt);
    return { not: `its outputs have been at rest for only ${formatDuration(now - restAt)}` };
  }
  // What is neither known to have stopped nor to have succeeded may be at work, where earlier ones were.
  const { afterOutputs } = facts.baseline;
  const worksUntil =
    beat.state === "none" && !success ? worksOnUntil(outputs.thereAt, afterOutputs, policy) : undefined;
  if (worksUntil !== undefined && now < worksUntil) {
    changesAt(worksUntil);
    return { not: earlierWorkedOn(afterOutputs) };
  }
  changesAt(source.state === "unsure" ? source.changesAt : undefined);
  const since = outputs.lastWriteAt ?? succeededAt ?? (restAt as Instant);
  const count = outputs.own.length;
  const did = subject.attempt.reused ? "reused" : "wrote";
  return {
    claim: `${code(subject.node.key)} ${did} ${allOutputs(count)} ${ago(since, now)} and never reported completion`,
    short: `${outputsShort(count)} written, no end`,
    certainty: certaintyOf(facts, bench, success !== undefined),
    since,
    evidence: [
      startEvidence(subject),
      ...outputEvidence(outputs, subject, clock),
      ...beatEvidence(beat, now),
      success &&
        succeededAt !== undefined && {
          at: succeededAt,
          kind: "note",
          text: `Its compute layer reported: job succeeded${success.value.message === undefined ? "" : ` (${success.value.message})`}`,
          eventId: success.messageId,
        },
    ],
    missing: [
      beat.state === "none" && !success
        ? "no heartbeat is promised by this source, so its silence by itself proves nothing"
        : null,
      basisNote(facts),
      success ? null : stopNote(facts, bench),
      sourceNote(facts),
      clock.note,
    ],
    unblock: [
      ...orchestratorActions(subject.attempt, subject.rootAttempt, "running"),
      sendEnd(subject.attempt, "COMPLETE", now),
    ],
  };
}

function certaintyOf({ beat, outputs, source }: Known, { policy }: Bench, succeeded: boolean): Certainty {
  if (succeeded) return "proven";
  if (beat.state === "none") return outputs.basis === "seen" ? "possible" : "likely";
  if (source.state === "unsure") return "possible";
  return stoppedAfterWriting(beat, outputs, policy) &&
    outputs.basis === "declared" &&
    beat.origin !== "history"
    ? "proven"
    : "likely";
}

/** Reports that rules of their own judge, whatever the silence after them. */
const SAYS_MORE: readonly string[] = ["storage-unreachable", "image-pull"];

/** Nothing shows its outputs written, and nothing was promised: only what others did, or a very long silence, speaks. */
function whenUnproven(facts: Known, bench: Bench): Answer {
  const { subject, clock, beat, outputs, downstream } = facts;
  const { now, policy, changesAt } = bench;
  const { attempt } = subject;
  if (!attempt || !clock || clock.lastSignAt === undefined) return undefined;
  const key = code(subject.node.key);
  const common = () => ({
    certainty: "possible" as const,
    missing: [
      beat.state === "none" ? "no heartbeat is promised by this source" : null,
      outputs.basis === "none" ? "no outputs were declared, and none are known from before" : null,
      outputs.missing.length > 0
        ? `anything that shows ${names(outputs.missing.map((o) => o.name))} written`
        : null,
      "its own end, or a word since",
      clock.note,
    ],
    unblock: [
      ...orchestratorActions(attempt, subject.rootAttempt, "running"),
      sendEnd(attempt, "COMPLETE", now),
    ],
  });
  const behind = downstream.startedSince;
  if (behind && outputs.own.length === 0) {
    // What is dead by its own promise has not to be waited for.
    const quietAt = beat.state === "dead" ? behind.at : Math.max(behind.at, clock.lastSignAt);
    const from = quietAt + policy.outputStableMs;
    changesAt(from);
    if (now >= from) {
      return {
        ...common(),
        claim: `${code(behind.node.key)}, which waits for ${key}, started ${ago(behind.at, now)}, but ${key} never reported its own end`,
        short: "those behind it went on, no end",
        since: behind.at,
        evidence: [
          startEvidence(subject),
          ...beatEvidence(beat, now),
          {
            at: behind.at,
            kind: "note",
            text: `${code(behind.node.key)} started, which waits for ${key}`,
            eventId: behind.eventId,
          },
        ],
      };
    }
  }
  const reader =
    outputs.own.length === 0 && outputs.foreign.length === 0
      ? downstream.readSince(outputs.missing.map((o) => o.key))
      : undefined;
  if (reader) {
    const from = Math.max(reader.at, clock.lastSignAt) + policy.outputStableMs;
    changesAt(from);
    const read = names(outputs.missing.map((o) => o.name));
    if (now >= from) {
      return {
        ...common(),
        claim: `${code(reader.node.key)} began after ${key} did, read ${read} and completed ${ago(reader.at, now)}, but ${key} never reported its own end`,
        short: "its output was read, no end",
        since: reader.at,
        evidence: [
          startEvidence(subject),
          ...beatEvidence(beat, now),
          {
            at: reader.at,
            kind: "note",
            text: `${code(reader.node.key)}, which read ${read}, completed`,
            eventId: reader.eventId,
          },
        ],
      };
    }
  }
  if (outputs.own.length > 0 && outputs.missing.length > 0) return whyNot(facts);
  const reported = newestReport(facts.compute, SAYS_MORE);
  if (reported && !reported.lifeSince)
    return { not: "its compute layer says more of it than its silence does" };
  const silentFrom = clock.lastSignAt + policy.unpromisedSilenceMs;
  changesAt(silentFrom);
  if (now >= silentFrom) {
    return {
      ...common(),
      claim: `Nothing has been heard of ${key} for ${formatDuration(beat.silentMs)}, and it never reported its end`,
      short: "not heard of for long, no end",
      since: clock.lastSignAt,
      evidence: [
        startEvidence(subject),
        ...outputEvidence(outputs, subject, clock),
        {
          at: clock.lastSignAt,
          kind: "gap",
          text: "The last that was heard of it",
          eventId: attempt.state.last?.messageId ?? null,
        },
      ],
    };
  }
  return whyNot(facts);
}

function whyNot({ outputs }: Known): Answer {
  const foreign = outputs.foreign[0];
  if (foreign)
    return { not: `${code(foreign.name)} is there, but it ${foreign.because ?? "is not this attempt's"}` };
  const missing = outputs.missing.map((o) => o.name);
  if (missing.length === 0) return undefined;
  return { not: `nothing shows ${names(missing)} written` };
}

function stoppedAfterWriting(
  { lastSignAt, intervalMs = 0 }: Known["beat"],
  { lastWriteAt }: Known["outputs"],
  { beatSlackMs }: Bench["policy"],
): boolean {
  return (
    lastSignAt !== undefined &&
    lastWriteAt !== undefined &&
    lastSignAt >= lastWriteAt - intervalMs - beatSlackMs
  );
}

function stopNote({ beat, outputs }: Known, { policy }: Bench): string | null {
  if (beat.state === "none") return null;
  if (beat.origin === "history") return "a heartbeat that it promised itself: only earlier attempts kept one";
  return stoppedAfterWriting(beat, outputs, policy)
    ? null
    : "a heartbeat after its last write: it fell silent before that was seen";
}

function basisNote({ outputs }: Known): string | null {
  if (outputs.basis === "history") {
    return "it declared no outputs itself: what its last good attempt wrote is taken for what it owes";
  }
  return outputs.basis === "seen"
    ? "it never said what it would write, so there might have been more to come"
    : null;
}

function sourceNote({ beat, source, clock }: Known): string | null {
  if (beat.state === "none" || clock?.imported) return null;
  if (source.state === "unsure") {
    return `any message from ${code(source.name)} since this attempt fell silent: its own silence may be the source's`;
  }
  return source.state === "alone"
    ? `no other attempt of ${code(source.name)} keeps a rhythm, so the source's silence could not be told from this attempt's`
    : null;
}
