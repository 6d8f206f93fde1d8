import type { Instant } from "../base/instant.ts";
import type { NodeView } from "../projections/run-view.ts";
import type { World } from "./world.ts";

/** Steps other than the one that asks: how many, and as many of their keys as a sentence names. */
export interface Others {
  readonly count: number;
  readonly some: readonly string[];
}

/** What is true of the whole run, as one of its nodes may ask. */
export interface RunFacts {
  readonly startedAt: Instant | undefined;
  /** When it started, or was first spoken of where it has not; our clock. */
  readonly knownSince: Instant | undefined;
  /** When any of its nodes ended last, on our clock. */
  readonly lastEndAt: Instant | undefined;
  /** Other steps that may still move: under way, or free to start; not what waits for what cannot come. */
  readonly moving: Others;
  /** Other steps at work: an attempt is under way and nothing below it is. */
  readonly working: Others;
  /** Until when as many steps were at work as ever were at once in this run: now, where they are; our clock. */
  readonly fullUntil: Instant | undefined;
  /** When the first of those at work should long have ended, by what it usually takes; undefined where that is not known. */
  readonly slotDueAt: Instant | undefined;
}

const NAMED = 4;

/** Reads what is common to a run's nodes; the parts that do not depend on the node are read once. */
export function runFactsReader(world: World): (node: NodeView) => RunFacts {
  const { graph, frontier } = world;
  let last = Number.NEGATIVE_INFINITY;
  for (const at of graph.settledAt) if (at > last) last = at;
  const keyOf = (i: number): string => graph.nodes[i]?.key ?? "";
  const moving = new Set(
    frontier.nodes.filter((i) => frontier.started[i] === 1 || graph.trigger[i] !== "impossible").map(keyOf),
  );
  const working = new Set<string>();
  for (let i = 0; i < graph.nodes.length; i++) {
    if (graph.nodes[i]?.status === "running" && frontier.openBelow[i] === 0) working.add(keyOf(i));
  }
  const lastEndAt = Number.isFinite(last) ? (last as Instant) : undefined;
  let full: { readonly until: Instant | undefined } | undefined;
  const fullUntil = (): Instant | undefined => {
    full ??= { until: fullestUntil(world) };
    return full.until;
  };
  let due: { readonly at: Instant | undefined } | undefined;
  const slotDueAt = (): Instant | undefined => {
    due ??= { at: firstDue(world, working) };
    return due.at;
  };
  const startedAt = world.runStartedAt;
  const knownSince = (): Instant | undefined => startedAt ?? firstHeard(world);
  const common = { startedAt, knownSince, lastEndAt, moving, working, fullUntil, slotDueAt };
  return (node) => new RunFactsOf(node.key, common);
}

/**
 * Orchestrators have slots, and do not tell of them: what is free to start may wait for one while as many steps are at
 * work as ever were. One pass over the beginnings and ends of all tries of all steps that have nothing below them.
 */
function fullestUntil({ run, now, clockOf }: World): Instant | undefined {
  const [starts, ends]: [number[], number[]] = [[], []];
  for (const node of run.nodes.values()) {
    if (node.children.length > 0) continue;
    for (const attempt of node.attempts) {
      const { startedAt, endedAt, status } = attempt;
      if (startedAt === undefined || attempt.reused || status === "superseded") continue;
      const clock = clockOf(attempt);
      starts.push(clock.ours(startedAt));
      if (endedAt !== undefined) ends.push(clock.ours(endedAt));
    }
  }
  const [began, ended] = [Float64Array.from(starts).sort(), Float64Array.from(ends).sort()];
  let [atWork, most, gone] = [0, 0, 0];
  let until: number | undefined;
  const leave = (before: number): void => {
    for (; gone < ended.length && (ended[gone] ?? 0) <= before; gone++) {
      if (atWork === most) until = ended[gone];
      atWork -= 1;
    }
  };
  for (const at of began) {
    // Who ends makes room for who begins in the same instant.
    leave(at);
    atWork += 1;
    most = Math.max(most, atWork);
  }
  leave(Number.POSITIVE_INFINITY);
  const open = starts.length - ends.length;
  return (open > 0 && open === most ? now : until) as Instant | undefined;
}

function firstHeard({ run, clockOf }: World): Instant | undefined {
  let first: Instant | undefined;
  for (const { current } of [run.root, ...run.nodes.values()]) {
    const at = current?.state.first && clockOf(current).told(current.state.first);
    if (at !== undefined && !(first !== undefined && first <= at)) first = at;
  }
  return first;
}

function firstDue(world: World, working: ReadonlySet<string>): Instant | undefined {
  let first = Number.POSITIVE_INFINITY;
  for (const key of working) {
    const node = world.run.nodes.get(key);
    const attempt = node?.current;
    if (!node || attempt?.startedAt === undefined) continue;
    const { readyDelayFactor, baselineSamples } = world.policyOf(node).values;
    const took = world.baselineOf(node).duration;
    if (!took || took.count < baselineSamples) continue;
    first = Math.min(first, world.clockOf(attempt).ours(attempt.startedAt) + readyDelayFactor * took.p95);
  }
  return Number.isFinite(first) ? (first as Instant) : undefined;
}

interface Common {
  readonly slotDueAt: () => Instant | undefined;
  readonly fullUntil: () => Instant | undefined;
  readonly startedAt: Instant | undefined;
  readonly knownSince: () => Instant | undefined;
  readonly lastEndAt: Instant | undefined;
  readonly moving: ReadonlySet<string>;
  readonly working: ReadonlySet<string>;
}

/** As one node asks: who else moves is looked up only where somebody asks for it. */
class RunFactsOf implements RunFacts {
  readonly #own: string;
  readonly #run: Common;

  constructor(own: string, run: Common) {
    this.#own = own;
    this.#run = run;
  }

  get startedAt(): Instant | undefined {
    return this.#run.startedAt;
  }

  get knownSince(): Instant | undefined {
    return this.#run.knownSince();
  }

  get lastEndAt(): Instant | undefined {
    return this.#run.lastEndAt;
  }

  get moving(): Others {
    return without(this.#run.moving, this.#own);
  }

  get working(): Others {
    return without(this.#run.working, this.#own);
  }

  get fullUntil(): Instant | undefined {
    return this.#run.fullUntil();
  }

  get slotDueAt(): Instant | undefined {
    return this.#run.slotDueAt();
  }
}

function without(keys: ReadonlySet<string>, own: string): Others {
  const some: string[] = [];
  for (const key of keys) {
    if (some.length === NAMED) break;
    if (key !== own) some.push(key);
  }
  return { count: keys.size - (keys.has(own) ? 1 : 0), some };
}
