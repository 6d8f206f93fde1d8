import { byCodeUnit } from "../base/compare.ts";
import type { Instant } from "../base/instant.ts";
import type { AttemptView, EdgeView, NodeView, RunView, WideEdge } from "../projections/run-view.ts";
import { type Baseline, learn, parametersDigest, type Sample } from "./baseline.ts";
import { type Checked, checksByDataset } from "./checked.ts";
import { type ClockFacts, clockReader } from "./clock-facts.ts";
import { lockedCycles } from "./cycles.ts";
import { type Frontier, frontierOf, heldCounter } from "./frontier.ts";
import { gatesOf } from "./gates.ts";
import type { Policy } from "./policy.ts";
import { type Effective, policyOfRun } from "./policy-overrides.ts";
import { countRecords, type RecordCount } from "./record-facts.ts";
import { findReruns, type Reruns } from "./reruns.ts";
import { isOpen, type RunGraph, runGraph } from "./run-graph.ts";
import type { Context, PastAttempt } from "./verdict.ts";

/** What of a world is the same whatever is known of its nodes' earlier attempts. */
interface Ground {
  readonly run: RunView;
  readonly now: Instant;
  /** What holds for the run as a whole. */
  readonly policy: Policy;
  /** What holds for a node. */
  readonly policyOf: (node: NodeView) => Effective;
  readonly graph: RunGraph;
  readonly frontier: Frontier;
  /** The earliest start of anything in the run, on our clock. */
  readonly runStartedAt: Instant | undefined;
  readonly clockOf: (attempt: AttemptView) => ClockFacts;
  /** An attempt of this run, by its id. */
  readonly attempt: (id: string) => AttemptView | undefined;
  /** Whether a node comes first, the root before all others, of what its source speaks of. */
  readonly speaksForSource: (node: NodeView) => boolean;
  /** The outcomes of all assertions of the run, by dataset. */
  readonly checks: () => ReadonlyMap<string, readonly Checked[]>;
  /** A turn of a loop with all its other turns. */
  readonly turnsOf: (node: NodeView) => readonly NodeView[];
  /** What the run's ended attempts told of themselves, by kind. */
  readonly records: () => ReadonlyMap<string, RecordCount>;
  readonly originOf: (from: string, to: string) => EdgeView["origin"] | undefined;
  /** The open nodes that lead to any of these points of wide edges, by number. */
  readonly openThrough: (points: readonly number[]) => ReadonlySet<number>;
  /** By number: the cycle on which a node is locked, with all others of it. */
  readonly cycleOf: (node: number) => readonly number[] | undefined;
}

/** One run at one instant, with what its nodes' facts have in common; made once per diagnosis. */
export interface World extends Ground {
  readonly context: Context;
  /** How many open nodes these hold, all together. Exact until the policy's budget is spent. */
  readonly held: (nodes: readonly number[]) => number;
  readonly historyOf: (node: NodeView) => readonly PastAttempt[];
  /** Finished attempts that teach how things go with a node. */
  readonly samplesOf: (node: NodeView) => readonly Sample[];
  /** How things usually go with a node, for the parameters of its latest attempt. */
  readonly baselineOf: (node: NodeView) => Baseline;
  /** When in earlier runs the last of those ended that a wide edge comes from, by run. */
  readonly pastEnds: (edge: WideEdge) => ReadonlyMap<string, number>;
  /** What was not reused, and what that followed from. */
  readonly reruns: () => Reruns;
}

/** What was learned, and from how many samples on those with the same parameters count alone. */
interface Learned {
  readonly enough: number;
  readonly baseline: Baseline;
}

/** Looks at a run at an instant. `defaults` hold where nobody set another threshold. */
export function worldOf(run: RunView, context: Context, now: Instant, defaults: Policy): World {
  const ground = groundOf(run, context, now, defaults);
  const { graph, frontier, policy } = ground;
  const counts = new Map<string, number>();
  const countHeld = heldCounter(graph, frontier, { steps: policy.heldSteps });
  let reruns: Reruns | undefined;
  const learned = new Map<readonly Sample[], Map<string | null, Learned>>();
  const pastEnds = new Map<WideEdge, ReadonlyMap<string, number>>();
  const historyOf = (node: NodeView): readonly PastAttempt[] => context.history.get(node.key) ?? [];
  const samplesOf = (node: NodeView): readonly Sample[] =>
    context.samples?.get(node.key) ?? historyOf(node).flatMap((past) => past.sample ?? []);
  return {
    ...ground,
    context,
    held: (nodes) => {
      // Instances of one mapped step hold the same nodes: counted once, they are counted for all.
      const like = nodes
        .map(
          (i) => `${graph.parent[i]}:${graph.children[i]?.length ? i : ""}:${graph.downstream[i]?.join(",")}`,
        )
        .join(";");
      const known = counts.get(like);
      if (known !== undefined) return known;
      const count = countHeld(nodes);
      counts.set(like, count);
      return count;
    },
    historyOf,
    samplesOf,
    baselineOf: (node) => {
      const samples = samplesOf(node);
      const parameters = node.current ? parametersDigest(node.current) : null;
      // Instances of one mapped step share their samples, and mostly their parameters.
      const of = learned.get(samples) ?? new Map<string | null, Learned>();
      learned.set(samples, of);
      const enough = ground.policyOf(node).values.baselineSamples;
      const known = of.get(parameters);
      if (known?.enough === enough) return known.baseline;
      const baseline = learn(samples, parameters, enough);
      of.set(parameters, { enough, baseline });
      return baseline;
    },
    pastEnds: (edge) => {
      const known = pastEnds.get(edge);
      if (known) return known;
      const ends = new Map<string, number>();
      for (const key of edge.from)
        for (const { runId, endedAt } of context.history.get(key) ?? [])
          ends.set(runId, Math.max(endedAt, ends.get(runId) ?? endedAt));
      pastEnds.set(edge, ends);
      return ends;
    },
    reruns: () => {
      reruns ??= findReruns(graph, historyOf);
      return reruns;
    },
  };
}

/** What a ground was made from besides its run. */
type Looked = readonly [Context["sources"], Context["overrides"], Instant, Policy];

/** The ground that a run was last looked at from: whoever asks for one node after the other asks from the same. */
const lastGrounds = new WeakMap<RunView, { readonly looked: Looked; readonly ground: Ground }>();

function groundOf(run: RunView, context: Context, now: Instant, defaults: Policy): Ground {
  const looked: Looked = [context.sources, context.overrides, now, defaults];
  const last = lastGrounds.get(run);
  if (last?.looked.every((one, i) => one === looked[i])) return last.ground;
  const ground = newGround(run, context, now, defaults);
  lastGrounds.set(run, { looked, ground });
  return ground;
}

function newGround(run: RunView, context: Context, now: Instant, defaults: Policy): Ground {
  const own = policyOfRun(run.pipeline, context.overrides ?? [], defaults);
  const policy = own.run.values;
  const policyOf = (node: NodeView): Effective => own.of(node.key);
  const clockOf = clockReader(run, context, now, policy);
  const graph = runGraph(run, clockOf, now, (node) => policyOf(node).values);
  const frontier = frontierOf(graph, gatesOf(run, graph));
  let cycles: Map<number, readonly number[]> | undefined;
  let attempts: Map<string, AttemptView> | undefined;
  let firsts: Map<string | undefined, NodeView> | undefined;
  let records: ReadonlyMap<string, RecordCount> | undefined;
  let checks: ReadonlyMap<string, readonly Checked[]> | undefined;
  let turns: ReadonlyMap<string, readonly NodeView[]> | undefined;
  const openThrough = new Map<string, ReadonlySet<number>>([["", new Set()]]);
  return {
    run,
    now,
    policy,
    policyOf,
    graph,
    frontier,
    runStartedAt: startOf(run, clockOf),
    clockOf,
    attempt: (id) => {
      attempts ??= new Map(
        [run.root, ...run.nodes.values()].flatMap((n) => n.attempts.map((a) => [a.id, a])),
      );
      return attempts.get(id);
    },
    speaksForSource: (node) => {
      firsts ??= firstOfSources(run);
      return node.current !== undefined && firsts.get(node.current.state.source) === node;
    },
    checks: () => {
      checks ??= checksByDataset(run);
      return checks;
    },
    turnsOf: (node) => {
      turns ??= Map.groupBy(
        [...run.nodes.values()].filter((n) => n.current?.state.facts.loopKey),
        loopName,
      );
      return turns.get(loopName(node)) ?? [node];
    },
    records: () => {
      records ??= countRecords(run);
      return records;
    },
    originOf: (from, to) => originOf(run.edges, from, to),
    openThrough: (points) => {
      const id = points.join();
      const known = openThrough.get(id);
      if (known) return known;
      const before = points.flatMap((point) => graph.upstream[point] ?? []);
      const open = new Set(before.filter((i) => isOpen(graph.counts[i])));
      openThrough.set(id, open);
      return open;
    },
    cycleOf: (node) => {
      cycles ??= new Map(lockedCycles(graph).flatMap((cycle) => cycle.map((i) => [i, cycle] as const)));
      return cycles.get(node);
    },
  };
}

/** Edges are in the order of their keys, so one is found by halves. */
function originOf(edges: readonly EdgeView[], from: string, to: string): EdgeView["origin"] | undefined {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const edge = edges[middle];
    if (!edge) break;
    const order = byCodeUnit(edge.from, from) || byCodeUnit(edge.to, to);
    if (order === 0) return edge.origin;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return undefined;
}

/** The looped step that a node is a turn of. */
function loopName(node: NodeView): string {
  return `${node.parentKey ?? ""}\n${node.key.replace(/\[[^\]]*\]$/, "")}`;
}

function firstOfSources(run: RunView): Map<string | undefined, NodeView> {
  const firsts = new Map<string | undefined, NodeView>();
  const take = (node: NodeView): void => {
    const source = node.current?.state.source;
    if (node.current && !firsts.has(source)) firsts.set(source, node);
  };
  take(run.root);
  for (const node of run.nodes.values()) take(node);
  return firsts;
}

function startOf(run: RunView, clockOf: World["clockOf"]): Instant | undefined {
  const root = run.root.current;
  if (root?.state.started) return clockOf(root).told(root.state.started);
  return run.startedAt === undefined ? undefined : root ? clockOf(root).ours(run.startedAt) : run.startedAt;
}
