import type { Instant } from "../base/instant.ts";
import type { NodeView } from "../projections/run-view.ts";
import { type Range, rangeOf } from "./baseline.ts";
import { wayRound } from "./cycles.ts";
import { isOpen } from "./run-graph.ts";
import { strayOf } from "./stray.ts";
import type { Trigger } from "./trigger.ts";
import type { Other } from "./verdict.ts";
import type { World } from "./world.ts";

/** What precedes a node, and what that means for it. */
export interface UpstreamFacts {
  readonly trigger: Trigger;
  /** Nothing open precedes it. */
  readonly free: boolean;
  /** Behind a branch, or under a rule that may skip it without a word. */
  readonly maySkip: boolean;
  /** Since when all that it needs has been there; the run's start where it needs nothing. Our clock. */
  readonly readyAt: Instant | undefined;
  /** Direct upstreams that are open, its own and those of the groups around it. */
  readonly unfinished: Unfinished;
  /** Upstreams, through silent steps, whose end the trigger rule can never accept. */
  readonly culprits: readonly { readonly node: NodeView; readonly at: Instant | undefined }[];
  /** The open nodes at the end of the chain: what holds it in the end. */
  readonly heldBy: readonly { readonly node: NodeView; readonly startedAt: Instant | undefined }[];
  readonly heldByMore: boolean;
  /** Waiting nodes behind the culprits, this one included. */
  readonly waitBehindCulprits: number;
  /** The way round a cycle on which nothing can start, from this node; empty where it is on none. */
  readonly cycle: readonly NodeView[];
  /** An execution of its job that does not say what it is a part of, and may be this step. */
  readonly stray: Other | undefined;
  /** How long it took to start once it was ready, in earlier runs. */
  readonly pastDelay: Range | undefined;
}

export interface Unfinished {
  readonly count: number;
  /** As many as a sentence names. */
  readonly some: readonly string[];
  readonly has: (node: NodeView) => boolean;
}

/** A sentence names no more. */
const NAMED = 3;

/** Reads what precedes a node. */
export function upstreamFacts(world: World, node: NodeView): UpstreamFacts {
  const { graph, frontier, run } = world;
  const i = graph.indexOf.get(node.key);
  if (i === undefined || node === run.root) {
    return {
      trigger: "ready",
      free: i === undefined ? frontier.nodes.length === 0 : frontier.members.has(i),
      maySkip: false,
      readyAt: world.runStartedAt,
      unfinished: { count: 0, some: [], has: () => false },
      culprits: [],
      heldBy: [],
      heldByMore: false,
      waitBehindCulprits: 0,
      cycle: [],
      stray: undefined,
      pastDelay: undefined,
    };
  }
  const trigger = graph.trigger[i] ?? "ready";
  const held = frontier.heldBy[i];
  const { culprits, waitBehind } = trigger === "impossible" ? culpritsBefore(world, i) : NOBODY;
  const viewOf = (n: number): NodeView[] => {
    const view = graph.nodes[n];
    return view ? [view] : [];
  };
  return {
    trigger,
    free: frontier.members.has(i),
    maySkip: graph.counts[i] === "maybe" || trigger === "maybe-ready",
    readyAt: readyAt(world, i),
    unfinished: unfinishedBefore(world, i),
    culprits,
    heldBy: (held?.by ?? [])
      .flatMap(viewOf)
      .map((view) => ({ node: view, startedAt: startedAt(world, view) })),
    heldByMore: held?.more ?? false,
    waitBehindCulprits: waitBehind,
    cycle: cycleFrom(world, i).flatMap(viewOf),
    stray: strayOf(world, node),
    pastDelay: rangeOf(pastDelays(world, node)),
  };
}

/** Told of the first member alone: one way round is enough for a person, and searching it for each is quadratic. */
function cycleFrom(world: World, i: number): readonly number[] {
  const cycle = world.cycleOf(i);
  return cycle && world.frontier.members.has(i) ? wayRound(world.graph, i, cycle) : [];
}

function startedAt(world: World, node: NodeView): Instant | undefined {
  const started = node.current?.state.started;
  return node.current && started ? world.clockOf(node.current).told(started) : undefined;
}

function instantOf(ms: number | undefined): Instant | undefined {
  return ms === undefined || Number.isNaN(ms) ? undefined : (ms as Instant);
}

/** The latest that settled before it, through its groups; no earlier than what it is a part of began. */
function readyAt(world: World, i: number): Instant | undefined {
  const { graph } = world;
  let at = world.runStartedAt ?? Number.NaN;
  for (let n = i; n >= 0; n = graph.parent[n] ?? -1) {
    for (const u of graph.upstream[n] ?? []) {
      const settled = graph.settledAt[u] ?? Number.NaN;
      if (settled > at || Number.isNaN(at)) at = settled;
    }
    const parent = graph.parent[n] ?? -1;
    const group = parent < 0 ? undefined : graph.nodes[parent]?.current;
    if (group?.startedAt !== undefined) {
      const began = group.state.started
        ? world.clockOf(group).told(group.state.started)
        : world.clockOf(group).ours(group.startedAt);
      if (!(began <= at)) at = began;
    }
  }
  return instantOf(at);
}

function unfinishedBefore(world: World, i: number): Unfinished {
  const { graph } = world;
  const own = new Set<number>();
  const points = new Set<number>();
  for (let n = i; n >= 0; n = graph.parent[n] ?? -1) {
    for (const u of graph.upstream[n] ?? []) {
      if (isOpen(graph.counts[u])) (u < graph.nodes.length ? own : points).add(u);
    }
  }
  const many = world.openThrough([...points]);
  let count = many.size;
  for (const u of own) if (!many.has(u)) count += 1;
  const some: string[] = [];
  for (const list of [own, many]) {
    for (const u of list) {
      const key = graph.nodes[u]?.key;
      if (some.length >= NAMED) break;
      if (key !== undefined && !some.includes(key)) some.push(key);
    }
  }
  return {
    count,
    some,
    has: (node) => {
      const n = graph.indexOf.get(node.key);
      return n !== undefined && (own.has(n) || many.has(n));
    },
  };
}

interface Culprits {
  readonly culprits: UpstreamFacts["culprits"];
  readonly waitBehind: number;
}

const NOBODY: Culprits = { culprits: [], waitBehind: 0 };

/** What was found for those behind the same nodes: of a mapped step each instance would look for the same. */
const foundBefore = new WeakMap<World, Map<string, Culprits>>();

function culpritsBefore(world: World, i: number): Culprits {
  const found = foundBefore.get(world) ?? new Map<string, Culprits>();
  foundBefore.set(world, found);
  const before = (world.graph.upstream[i] ?? []).join();
  const known = found.get(before);
  if (known) return known;
  const numbers = culpritsOf(world, i);
  const culprits = numbers.flatMap((n) => {
    const node = world.graph.nodes[n];
    return node ? [{ node, at: instantOf(world.graph.settledAt[n]) }] : [];
  });
  const fresh = { culprits, waitBehind: numbers.length === 0 ? 0 : world.held(numbers) };
  found.set(before, fresh);
  return fresh;
}

/** Climbs through silent steps to what really failed. */
function culpritsOf(world: World, i: number): number[] {
  const { graph } = world;
  const found = new Set<number>();
  const met = new Set<number>([i]);
  const work = [i];
  for (let n = work.pop(); n !== undefined; n = work.pop()) {
    for (const u of graph.upstream[n] ?? []) {
      const counts = graph.counts[u];
      // How those before a wide edge ended is told by each of them.
      if (u >= graph.nodes.length && !met.has(u)) {
        met.add(u);
        work.push(u);
        continue;
      }
      if ((counts !== "failed" && counts !== "aborted") || met.has(u)) continue;
      met.add(u);
      if (graph.nodes[u]?.current) found.add(u);
      else work.push(u);
    }
  }
  return [...found].sort((a, b) => a - b);
}

/** As it was sampled; else how long after the last of its upstreams it started, in each earlier run that tells both. */
function pastDelays(world: World, node: NodeView): number[] {
  const sampled = world.samplesOf(node).flatMap((sample) => sample.delayMs ?? []);
  if (sampled.length > 0) return sampled;
  const { history } = world.context;
  const first = node.upstream.length === 0 && node.wideUpstream.length === 0;
  const delays: number[] = [];
  for (const past of history.get(node.key) ?? []) {
    if (past.startedAt === null || past.reused) continue;
    let last = Number.NEGATIVE_INFINITY;
    for (const key of node.upstream) {
      const end = history.get(key)?.find((p) => p.runId === past.runId)?.endedAt;
      if (end !== undefined && end > last) last = end;
    }
    // What nothing precedes could start with its run.
    const began = first
      ? history.get(world.run.root.key)?.find((p) => p.runId === past.runId)?.startedAt
      : null;
    last = began ?? last;
    for (const edge of node.wideUpstream) {
      const end = world.pastEnds(edge).get(past.runId);
      if (end !== undefined && end > last) last = end;
    }
    if (Number.isFinite(last)) delays.push(Math.max(0, past.startedAt - last));
  }
  return delays;
}
