import { either, tellsOfCache, tellsOfWait } from "../askable.ts";
import { defineRule } from "../define-rule.ts";
import { statusEvidence } from "../evidence-of-cache.ts";
import type { Facts } from "../facts.ts";
import { ago, code } from "../wording.ts";

export const unfinishedOriginal = defineRule({
  id: "unfinished-original",
  title: "Unfinished original",
  ruleClass: "waiting",
  family: "Caching",
  summary: "It waits for, or was reused from, an execution that is itself unfinished or has failed.",
  settled: true,
  beats: {
    "lost-completion": "its outputs are to be another execution's",
  },
  asks: either(tellsOfCache, tellsOfWait),
  needs: ["subject", "clock", "cache", "wait", "work", "source", "beat"],
  judge({ subject, clock, cache, wait, work, source, beat }, { now }) {
    const { attempt, node } = subject;
    const told = clock && toldOf(cache, wait, clock);
    if (!attempt || !clock || !told) return undefined;
    const { original, originalId } = cache;
    const { waits, since } = told;
    // What nothing waits for any more waits for nothing itself.
    if (waits && attempt.status !== "running" && attempt.status !== "waiting") return undefined;
    if (waits && (work.lastMovedAt ?? 0) > since) return { not: "it has worked itself since it said that" };
    if (waits && beat.state === "dead") return { not: "its own heartbeat has stopped: it waits no more" };
    if (!original && !(waits && originalId !== undefined)) return undefined;
    if (original?.status === "completed" || original?.status === "endless") {
      return waits ? { not: `what it waits for, ${code(original.attemptId)}, has ended` } : undefined;
    }
    const dead = original?.status === "failed" || original?.status === "aborted";
    const how = !original
      ? "of which nothing is known here"
      : original.status === "open"
        ? `which has not ended${original.startedAt === null ? "" : ` and started ${ago(original.startedAt, now)}`}`
        : `which ${dead && original.status === "failed" ? "failed" : "was aborted"}${original.endedAt === null ? "" : ` ${ago(original.endedAt, now)}`}`;
    const whose = original ? ` of run ${code(original.runId)}` : "";
    const verb = waits ? "waits for the result of" : "was reused from";
    return {
      claim: `${code(node.key)} ${verb} ${code(originalId ?? "")}${whose}, ${how}`,
      short: waits ? "waits for another's result" : "reused from what did not complete",
      ruleClass: !waits ? "note" : dead ? "stuck" : "waiting",
      certainty: source.state === "dark" || !original ? "possible" : dead && waits ? "likely" : "proven",
      since,
      evidence: [
        told.evidence,
        original && {
          at: original.endedAt ?? original.startedAt ?? since,
          kind: original.endedAt === null ? "start" : "end",
          text: `${code(original.attemptId)} ${original.status === "open" ? "started, and no end of it has come" : original.status}`,
          eventId: null,
          runId: original.runId,
        },
      ],
      missing: [
        original ? null : `anything of ${code(originalId ?? "")}: it may have ended, or been deleted`,
        source.state === "dark"
          ? `anything from ${code(source.name)} since: it may have begun unheard`
          : null,
        dead && waits ? "whether it will run by itself now that the other has failed" : null,
        clock.note,
      ],
      unblock: [
        {
          action: `See what holds ${code(originalId ?? "")}`,
          command: null,
          risk: "None: it only looks.",
        },
        ...(waits
          ? [
              {
                action: "Run the step again without the cache",
                command: null,
                risk: "The same work may be done twice, and both may write the same outputs.",
              },
            ]
          : []),
      ],
    };
  },
});

/** Whether it waits for another's result or was reused, and how that is known: by its cache, or by what it waits for. */
function toldOf(
  { cache, originalId }: Facts["cache"],
  wait: Facts["wait"],
  clock: NonNullable<Facts["clock"]>,
) {
  const status = cache?.status.value;
  if (cache && (status === "WAITING" || status === "HIT")) {
    const waits = status === "WAITING";
    const evidence = statusEvidence(
      cache,
      clock,
      waits ? "It waits for the same key's result" : "It was reused",
    );
    return { waits, since: clock.told(cache.status), evidence };
  }
  if (wait?.kind !== "cache" || originalId === undefined) return undefined;
  const evidence = {
    at: wait.since,
    kind: "wait" as const,
    text: "It waits for the same key's result",
    eventId: wait.eventId,
  };
  return { waits: true, since: wait.since, evidence };
}
