import type { Instant } from "../../base/instant.ts";
import { toWire } from "../../contract/instant.ts";
import type { TimelineAttempt } from "../../contract/timeline.ts";
import { phasesOf } from "../../diagnosis/attempt-phases.ts";
import type { Policy } from "../../diagnosis/policy.ts";
import type { AttemptView } from "../../projections/run-view.ts";
import { stripOf } from "./strip.ts";
import { outputsInOrder } from "./told-in-order.ts";

const MOST_OUTPUTS = 20;

/** An attempt as the timeline draws it. */
export function timelineAttempt(attempt: AttemptView, now: Instant, policy: Policy): TimelineAttempt {
  const { state, life } = attempt;
  const heard = Math.max(state.last?.at ?? 0, life.lastBeat?.at ?? 0) as Instant;
  const cache = state.cache?.status;
  const { progress } = life;
  return {
    id: attempt.id,
    nodeKey: attempt.nodeKey,
    number: attempt.number,
    status: attempt.status,
    startedAt: toWire(attempt.startedAt),
    endedAt: toWire(attempt.endedAt ?? (attempt.status === "superseded" ? heard : undefined)),
    phases: phasesOf(attempt).map(({ kind, from, to, why }) => ({
      kind,
      from: toWire(from),
      to: toWire(to),
      why: why ?? null,
    })),
    strip: stripOf(attempt, now, policy),
    lastBeatAt: toWire(life.lastBeat?.at),
    outputs: outputsInOrder(state)
      .slice(0, MOST_OUTPUTS)
      .map(({ name, declared, written }) => ({
        name,
        declaredAt: toWire(declared?.at),
        writtenAt: toWire(written?.value.modifiedAt ?? written?.at),
      })),
    logAt: (state.logTimes ?? []).map((at) => toWire(at)),
    cache: cache ? { status: cache.value, at: toWire(cache.at) } : null,
    progress: progress
      ? {
          done: progress.value.done,
          total: progress.value.total ?? null,
          unit: progress.value.unit ?? null,
          at: toWire(progress.at),
        }
      : null,
  };
}
