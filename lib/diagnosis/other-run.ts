/** The words for a run elsewhere that one of this run waits for. */
import { shortId } from "../base/format.ts";
import type { Instant } from "../base/instant.ts";
import { isUuid } from "../base/uuid.ts";
import type { Evidence, Other } from "./verdict.ts";
import { ago, code } from "./wording.ts";

/** Run `7f3a` of `nightly`: as people say it. Its evidence has the whole id, and leads there. */
export function nameOfRun({ runId, pipeline }: Pick<Other, "runId" | "pipeline">): string {
  return `run ${code(isUuid(runId) ? shortId(runId) : runId)} of ${code(pipeline)}`;
}

/** `, which is stuck itself`: how it stands with it, and what holds it in the end where it waits as well. */
export function standingOf(other: Other, now: Instant): string {
  if (other.status !== "open" && other.status !== "endless")
    return `, which ${ENDED[other.status]}${other.endedAt === null ? "" : ` ${ago(other.endedAt, now)}`}`;
  const how = other.state === null ? "which has not ended" : STATES[other.state];
  if (other.waitsForUs) return `, ${how}: in the end that waits for this run`;
  const last = other.behind.at(-1);
  return last ? `, ${how}: in the end for ${nameOfRun(last)}, ${STATES[last.state]}` : `, ${how}`;
}

const ENDED = { completed: "has completed", failed: "failed", aborted: "was aborted" } as const;

const STATES: Readonly<Record<NonNullable<Other["state"]>, string>> = {
  stuck: "which is stuck itself",
  suspect: "which may be stuck itself",
  waiting: "which waits itself",
  slow: "which is slow itself",
  progressing: "which is getting on",
  unknown: "of which nothing can be told at present",
  finished: "which has ended",
};

/** What is known of it, with its link. */
export function evidenceOfRun(other: Other, now: Instant): Evidence {
  const ended = other.endedAt !== null;
  return {
    at: other.endedAt ?? other.startedAt ?? now,
    kind: ended ? "end" : "start",
    text: `Run ${code(other.runId)} of ${code(other.pipeline)}${standingOf(other, now)}${other.headline === null ? "" : `: ${other.headline}`}`,
    eventId: null,
    runId: other.runId,
  };
}
