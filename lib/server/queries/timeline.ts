import { toWire } from "../../contract/instant.ts";
import type { TimelineResource } from "../../contract/timeline.ts";
import { timelineAttempt } from "../runs/timeline-attempt.ts";
import { type AsOf, judgeNamed } from "./run.ts";

/** The latest attempts of a node tell what it is at; a loop of thousands has no place on a bar. */
const MOST_ATTEMPTS = 20;

/** What each attempt of a run did when. Null where there is no such run. */
export async function readTimeline(runId: string, { at }: AsOf = {}): Promise<TimelineResource | null> {
  const found = await judgeNamed(runId, at);
  if (!found) return null;
  const { run, at: instant, policyOf } = found.judged;
  return {
    runId: run.id,
    attempts: [...run.nodes.values()].flatMap(({ key, attempts }) =>
      attempts.slice(-MOST_ATTEMPTS).map((attempt) => timelineAttempt(attempt, instant, policyOf(key))),
    ),
    at: toWire(instant),
  };
}
