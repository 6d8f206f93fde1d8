import type { Instant } from "../base/instant.ts";
import type { NodeView, RunView, WideEdge } from "../projections/run-view.ts";
import type { ClockFacts } from "./clock-facts.ts";
import type { Policy } from "./policy.ts";
import { type Ended, judgeTrigger, type Tally, type Trigger, tallyOf } from "./trigger.ts";

/**
 * The run as numbers: node i, its neighbours by number, and how each node counts for those behind it.
 * Everything here is linear in nodes and edges and without recursion, so that a chain of any length is safe.
 * A wide edge is a point that all on its one side lead to and all on its other side come from. Points have the numbers
 * behind those of the nodes, and are no nodes: nothing is counted or named for them.
 */
export interface RunGraph {
  readonly nodes: readonly NodeView[];
  readonly indexOf: ReadonlyMap<string, number>;
  /** Of nodes, then of the points of wide edges. */
  readonly upstream: readonly (readonly number[])[];
  readonly downstream: readonly (readonly number[])[];
  /** The group's number, or -1 directly below the root. */
  readonly parent: readonly number[];
  readonly children: readonly (readonly number[])[];
  /** Upstreams before those behind them; nodes on a cycle last. */
  readonly order: readonly number[];
  /** Whether some nodes can be put into no order: they lie on a cycle, or behind one. */
  readonly cyclic: boolean;
  /** How each node counts for those behind it. `open` is what is not finished. */
  readonly counts: readonly Counts[];
  /** Whether it may start, for nodes that have not. */
  readonly trigger: readonly Trigger[];
  /** When it ended, or for a silent step when all before it had; NaN while open or not known. Our clock. */
  readonly settledAt: Float64Array;
}

/**
 * retrying  failed, and the source allows another try: not finished
 * maybe     behind a branch: may have been skipped without a word
 */
export type Counts = Ended | "retrying";

/** Operators that skip what they do not choose, and say so nowhere before the whole run ends. */
const BRANCHING = /branch|short.?circuit/i;

const NONE: readonly number[] = [];

/** Reads a run as numbers, and settles what each node counts as. */
export function runGraph(
  run: RunView,
  clockOf: (attempt: NonNullable<NodeView["current"]>) => ClockFacts,
  now: Instant,
  policyOf: (node: NodeView) => Policy,
): RunGraph {
  const nodes = [...run.nodes.values()];
  const indexOf = new Map(nodes.map((node, i) => [node.key, i]));
  const numbers = (keys: readonly string[]): readonly number[] => {
    if (keys.length === 0) return NONE;
    const found: number[] = [];
    for (const key of keys) {
      const i = indexOf.get(key);
      if (i !== undefined) found.push(i);
    }
    return found;
  };
  const size = nodes.length;
  const points = new Map(run.wideEdges.map((edge, i) => [edge, size + i]));
  const through = (own: readonly number[], edges: readonly WideEdge[]): readonly number[] =>
    edges.length === 0 ? own : [...own, ...edges.flatMap((edge) => points.get(edge) ?? [])];
  const upstream = [
    ...nodes.map((node) => through(numbers(node.upstream), node.wideUpstream)),
    ...run.wideEdges.map((edge) => numbers(edge.from)),
  ];
  const downstream = [
    ...nodes.map((node) => through(numbers(node.downstream), node.wideDownstream)),
    ...run.wideEdges.map((edge) => numbers(edge.to)),
  ];
  const children = nodes.map((node) => (node === run.root ? NONE : numbers(node.children)));
  const parent = nodes.map((node) =>
    node.parentKey === undefined ? -1 : (indexOf.get(node.parentKey) ?? -1),
  );
  const { order, cyclic } = upstreamFirst(upstream, downstream, size);
  const counts: Counts[] = new Array<Counts>(upstream.length).fill("open");
  const trigger: Trigger[] = new Array<Trigger>(upstream.length).fill("ready");
  const settledAt = new Float64Array(upstream.length).fill(Number.NaN);
  const tallies: (Tally | undefined)[] = [];
  const tallyAt = (i: number): Tally | undefined =>
    i < size
      ? undefined
      : (tallies[i - size] ?? tallyOf(upstream[i] ?? NONE, countsOf, settledAt, () => undefined));

  const endOf = (node: NodeView): number => {
    const end = node.current && node.current.endedAt !== undefined ? node.current : undefined;
    if (!end) return childrenEnd(node, run, clockOf);
    const said = Object.values(end.state.ends).find((e) => e?.messageId === end.endMessageId);
    return said ? clockOf(end).told(said) : clockOf(end).ours(end.endedAt as Instant);
  };

  const hasBranched = (u: number): boolean =>
    counts[u] !== "open" && BRANCHING.test(nodes[u]?.operator ?? "");
  const branching = new Map<number, boolean>();
  const branches = (u: number): boolean => {
    if (u < size) return hasBranched(u);
    const known = branching.get(u) ?? (upstream[u] ?? NONE).some(hasBranched);
    branching.set(u, known);
    return known;
  };
  const countsOf = (i: number): Ended => asEnded(counts[i]);
  for (const i of order) {
    const node = nodes[i];
    const before = upstream[i] ?? NONE;
    const tally = before.length === 0 ? undefined : tallyOf(before, countsOf, settledAt, tallyAt);
    if (!node) {
      // Whoever comes behind a point asks it how all before it ended.
      if (!tally) continue;
      tallies[i - size] = tally;
      settledAt[i] = tally.last;
      counts[i] = tally.has.open
        ? "open"
        : tally.has.failed
          ? "failed"
          : tally.has.aborted
            ? "aborted"
            : "success";
      trigger[i] = tally.has.open ? "waiting" : "ready";
      continue;
    }
    const judged = judgeTrigger(node.trigger, tally);
    trigger[i] = judged.trigger;
    if (node.status === "completed" || node.status === "reused") counts[i] = "success";
    else if (node.status === "skipped") counts[i] = "skipped";
    else if (node.status === "aborted") counts[i] = "aborted";
    else if (node.status === "failed")
      counts[i] = mayRetry(node, endOf(node), now, policyOf(node)) ? "retrying" : "failed";
    else if (node.status === "planned") {
      const branched = before.some(branches);
      // Airflow's one_failed and its like are read as all-done: such a step may be skipped, though all before it ended.
      const uncertain = branched || (node.trigger === "all-done" && node.operator !== undefined);
      counts[i] = countsPlanned(judged.trigger, node.expectsEvents, uncertain);
    }
    if (counts[i] === "open" || counts[i] === "retrying") continue;
    settledAt[i] = node.status === "planned" ? judged.at : endOf(node);
  }
  return {
    nodes,
    indexOf,
    upstream,
    downstream,
    parent,
    children,
    order,
    cyclic,
    counts,
    trigger,
    settledAt,
  };
}

/** What has not finished, for those behind it and for the whole. */
export function isOpen(counts: Counts | undefined): boolean {
  return counts === "open" || counts === "retrying";
}

function asEnded(counts: Counts | undefined): Ended {
  return counts === undefined || counts === "retrying" ? "open" : counts;
}

/** A planned step without an attempt: silent ones pass on what is before them, the others are open unless skipped. */
function countsPlanned(trigger: Trigger, expectsEvents: boolean, uncertain: boolean): Counts {
  if (trigger === "skip") return "skipped";
  if (trigger === "maybe-skip") return "maybe";
  if (uncertain && (trigger === "ready" || trigger === "maybe-ready")) return "maybe";
  if (expectsEvents) return "open";
  if (trigger === "ready") return "success";
  if (trigger === "maybe-ready") return "maybe";
  return trigger === "impossible" ? "failed" : "open";
}

/** Whether a failed try's source said, with its end or after it, that another one follows. */
export function awaitsRetry({ status, state, endedAt }: NonNullable<NodeView["current"]>): boolean {
  const { wait } = state;
  return status === "failed" && wait?.value.kind === "retry" && endedAt !== undefined && wait.at >= endedAt;
}

/**
 * A failed try with tries left, or of which its source says that another one follows, is not the end of its node; but
 * no orchestrator waits longer than the window.
 */
function mayRetry({ current }: NodeView, endedAt: number, now: Instant, policy: Policy): boolean {
  if (!current) return false;
  const max = current.state.facts.maxAttempts?.value;
  return (
    (awaitsRetry(current) || (max !== undefined && max > current.number)) &&
    !(now - endedAt >= policy.retryWindowMs)
  );
}

/** A group that only its children spoke of ended when the last of them did. */
function childrenEnd(
  node: NodeView,
  run: RunView,
  clockOf: (attempt: NonNullable<NodeView["current"]>) => ClockFacts,
): number {
  let end = Number.NaN;
  for (const key of node.children) {
    const child = run.nodes.get(key)?.current;
    if (child?.endedAt === undefined) continue;
    const at = clockOf(child).ours(child.endedAt);
    if (!(at <= end)) end = at;
  }
  if (Number.isNaN(end) && node.current?.state.last)
    return clockOf(node.current).told(node.current.state.last);
  return end;
}

/**
 * Kahn's order. What lies on a cycle comes last, in the order of its numbers, so that nothing is lost;
 * points, which have the numbers from `size` on, just before the first node behind them.
 */
export function upstreamFirst(
  upstream: readonly (readonly number[])[],
  downstream: readonly (readonly number[])[],
  size = upstream.length,
): { order: number[]; cyclic: boolean } {
  const waiting = Int32Array.from(upstream, (before) => before.length);
  const order: number[] = [];
  const placed = new Uint8Array(upstream.length);
  const place = (i: number): void => {
    placed[i] = 1;
    order.push(i);
  };
  for (let i = 0; i < upstream.length; i++) if (waiting[i] === 0) place(i);
  for (let at = 0; at < order.length; at++) {
    for (const next of downstream[order[at] ?? 0] ?? NONE) {
      waiting[next] = (waiting[next] ?? 0) - 1;
      if (waiting[next] === 0 && placed[next] === 0) place(next);
    }
  }
  const cyclic = order.length < upstream.length;
  for (let i = 0; i < size; i++) {
    if (placed[i] !== 0) continue;
    for (const u of upstream[i] ?? NONE) if (u >= size && placed[u] === 0) place(u);
    place(i);
  }
  for (let i = size; i < upstream.length; i++) if (placed[i] === 0) place(i);
  return { order, cyclic };
}
