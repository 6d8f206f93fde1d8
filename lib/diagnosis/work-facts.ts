import type { Instant } from "../base/instant.ts";
import { CPU_STEP } from "../projections/life-signs.ts";
import type { AttemptView } from "../projections/run-view.ts";
import type { ClockFacts } from "./clock-facts.ts";
import { wroteAt } from "./output-facts.ts";

export type WorkKind = "progress" | "output" | "log" | "processor";

/** Something that only work moves, and when it last did; on our clock. */
export interface WorkSign {
  readonly kind: WorkKind;
  readonly at: Instant;
}

/** What an attempt shows of its work besides its beats, which a thread of their own may send. */
export interface WorkFacts {
  /** Each kind that it tells of at all, the newest first. */
  readonly signs: readonly WorkSign[];
  readonly lastMovedAt: Instant | undefined;
  /** Its progress has come to the total that it told. */
  readonly progressDone: boolean;
}

/** Reads when each sign of an attempt's work last moved. */
export function workFacts(attempt: AttemptView | undefined, clock: ClockFacts | undefined): WorkFacts {
  if (!attempt || !clock) return { signs: [], lastMovedAt: undefined, progressDone: false };
  const { state, life } = attempt;
  const signs: WorkSign[] = [];
  const add = (kind: WorkKind, at: Instant | undefined): void => {
    if (at !== undefined) signs.push({ kind, at });
  };
  const { progress } = life;
  add("progress", progress && clock.told(progress));
  add("output", lastWrite(attempt, clock));
  const log = state.logTimes?.at(-1);
  add("log", log === undefined ? undefined : clock.ours(log));
  add("processor", processorMoved(attempt, clock));
  signs.sort((a, b) => b.at - a.at);
  const { done, total } = progress?.value ?? {};
  return {
    signs,
    lastMovedAt: signs[0]?.at,
    progressDone: done !== undefined && total !== undefined && total > 0 && done >= total,
  };
}

function lastWrite({ state }: AttemptView, clock: ClockFacts): Instant | undefined {
  const times = Object.values(state.outputs).flatMap(({ written, grew }) => [
    ...(grew ? [clock.told(grew)] : []),
    ...(written ? [wroteAt(written.value.modifiedAt, written, clock)] : []),
  ]);
  return times.length === 0 ? undefined : (Math.max(...times) as Instant);
}

/** A counter that went back is that of another process: of that one it is only known that it was there. */
function processorMoved({ life }: AttemptView, clock: ClockFacts): Instant | undefined {
  const { cpuStep, cpuSeconds } = life;
  if (!cpuStep || !cpuSeconds) return undefined;
  return clock.told(cpuSeconds.value < cpuStep.value * CPU_STEP ? cpuSeconds : cpuStep);
}
