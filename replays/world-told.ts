/** What the steps of a world tell of themselves: plain ones, and those that other orchestrators have. */
import { chance } from "../lib/testing/chance.ts";
import { counted, days, iso, minutes, probed, uuid } from "./message.ts";
import type { Step } from "./producers/custom.ts";
import type { Json, Received } from "./scenario.ts";
import type { FaultKind } from "./world-faults.ts";

/** What is thrown for a world, and is the same for the same seed. */
export function luckOf(seed: number) {
  // Seeds that follow each other begin far apart.
  const { next, between, pick } = chance(Math.imul(seed, 0x9e3779b1));
  return {
    within: (from: number, to: number): number => from + next() * (to - from),
    whole: between,
    odds: (of: number): boolean => next() < of,
    one: pick,
  };
}
export type Luck = ReturnType<typeof luckOf>;

/**
 * plain    starts, perhaps beats, and ends
 * reused   is done as soon as it is looked up
 * sensor   waits within its work, and starts anew under its id when what it waits for is there
 * queued   waits for a queue, a pool, a lock or a person before it starts
 * mapped   runs as some instances
 */
export type Way = "plain" | "reused" | "sensor" | "queued" | "mapped";

export interface StepTruth {
  readonly key: string;
  readonly tells: Step;
  readonly after: readonly StepTruth[];
  /** Beats every so many seconds, as promised; 0 where it promises none. */
  readonly interval: number;
  readonly outputs: readonly string[];
  readonly start: number;
  /** When its outputs are written. */
  readonly writes: number;
  readonly end: number;
  /** A first try of it failed, from and to these instants. */
  readonly tried: { readonly from: number; readonly to: number } | undefined;
  readonly way: Way;
  /** A step below it, where it is a group. */
  readonly part: Step | undefined;
  /** It does not get there: by the fault, or since what it waits for never ends. */
  readonly reached: "ended" | "started" | "nothing";
}

export function killedAt(step: StepTruth): number {
  return step.start + (step.writes - step.start) * 0.6;
}

export function promised(interval: number): { interval?: number } {
  return interval > 0 ? { interval } : {};
}

/** What a step tells of itself. */
export function told(by: Luck, step: StepTruth, fault: FaultKind): Received[] {
  if (step.reached === "nothing") return [];
  if (fault === "killed with its group") return toldAsGroup(step);
  if (step.way !== "plain" && step.way !== "queued") return toldOtherwise(by, step);
  const { tells, interval, outputs, tried } = step;
  const number = { try: tried ? 2 : 1 };
  const killed =
    fault === "killed at work" ? killedAt(step) : fault === "killed after its outputs" ? step.writes : 0;
  const lives =
    killed > 0 ? killed : fault === "hangs after its outputs" ? step.end + minutes(300) : step.end;
  const declares = by.odds(0.7) || fault !== "none";
  const beats = { ...number, ...promised(interval) };
  const all: Received[] = step.way === "queued" ? [waits(by, step)] : [];
  if (tried) {
    all.push(tells.starts(tried.from, { ...promised(interval), ...(declares && { outputs }) }));
    if (interval > 0) all.push(...tells.beats(tried.from + interval, tried.to - 0.01, interval));
    all.push(tells.fails(tried.to, { error: "the connection was reset" }));
  }
  all.push(tells.starts(step.start, { ...beats, ...(declares && { outputs }) }));
  if (interval > 0) all.push(...tells.beats(step.start + interval, lives - 0.01, interval, number));
  const ownFacet = by.odds(0.3);
  const written = outputs.map((name) =>
    ownFacet ? probed(name, "written", { modifiedAt: step.writes, size: 4_096 }) : counted(name),
  );
  const early = fault !== "none" || by.odds(0.5);
  if (fault !== "killed at work" && early && written.length > 0)
    all.push(tells.says("RUNNING", step.writes, { ...beats, outputs: written }));
  if (fault === "failed for good") all.push(tells.fails(step.end, { ...number, error: "exit 1" }));
  else if (step.reached === "ended") all.push(tells.completes(step.end, { ...number, outputs: written }));
  return all;
}

/** What it says while it waits to start. */
function waits(by: Luck, { tells, tried, start }: StepTruth): Received {
  const at = (tried?.from ?? start) - 0.1;
  const kind = by.one(["queue", "pool", "lock", "approval", "capacity"]);
  return tells.says("OTHER", at, { facets: { unstuck_wait: { kind, on: "default", since: iso(at) } } });
}

function toldOtherwise(by: Luck, { way, tells, key, start, end, outputs }: StepTruth): Received[] {
  if (way === "reused") {
    const from = uuid(`${key} of yesterday`);
    const facets: Json = { unstuck_cache: { status: "HIT", key, reusedFrom: { runId: from } } };
    const old = outputs.map((name) =>
      probed(name, "written", { modifiedAt: start - days(1), writtenBy: from }),
    );
    return [tells.starts(start, { facets, outputs: old }), tells.completes(end, { facets, outputs: old })];
  }
  if (way === "sensor") {
    const facets: Json = { unstuck_wait: { kind: "sensor", on: "s3://lake/in", since: iso(start) } };
    return [tells.starts(start, { facets }), tells.starts(end - 0.5), tells.completes(end)];
  }
  const instances = by.whole(2, 4);
  return Array.from({ length: instances }, (_, map) => {
    const last = map === instances - 1 ? end : start + (end - start) * by.within(0.3, 1);
    const parts = outputs.map((name) => counted(`${name}/${map}`));
    return [tells.starts(start + map / 10, { map }), tells.completes(last, { map, outputs: parts })];
  }).flat();
}

/** A group and what works below it, of which both end without a word. */
function toldAsGroup(step: StepTruth): Received[] {
  const { tells, part, start, interval } = step;
  const dead = killedAt(step) - 0.01;
  const both = part ? [tells, part] : [tells];
  return both.flatMap((one, n) => [
    one.starts(start + n / 10, { interval }),
    ...one.beats(start + n / 10 + interval, dead, interval),
  ]);
}
