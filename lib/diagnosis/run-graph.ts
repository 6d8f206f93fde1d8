import type { Instant } from "../base/instant.ts";
import type { AttemptState } from "../projections/attempt-state.ts";
import type { Moment } from "../projections/register.ts";
import type { NodeView, RunLinks, RunView } from "../projections/run-view.ts";
import type { ClockFacts } from "./clock-facts.ts";
import type { Policy } from "./policy.ts";
import { BITS, decidedAt, type Ended, judgeTrigger, Tally, type Trigger } from "./trigger.ts";

/**
 * The run as numbers: node i, its neighbours by number, and how each node counts for those behind it. Everything here is
 * linear in nodes and edges and without recursion, so that a chain of any length is safe. The points of wide edges are
 * no nodes: nothing is counted or named for them.
 */
export interface RunGraph extends RunLinks {
  readonly nodes: readonly NodeView[];
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

/** Settles what each node of a run counts as. */
export function runGraph(
  run: RunView,
  clockOf: (attempt: NonNullable<NodeView["current"]>) => ClockFacts,
  now: Instant,
  policyOf: (node: NodeView) => Policy,
): RunGraph {
  const { links } = run;
  const { upstream, downstream } = links;
  const nodes = [...run.nodes.values()];
  const size = nodes.length;
  const { order, cyclic } = upstreamFirst(upstream, downstream, size);
  const counts: Counts[] = new Array<Counts>(upstream.length).fill("open");
  const bits = new Uint8Array(upstream.length).fill(BITS.open);
  const trigger: Trigger[] = new Array<Trigger>(upstream.length).fill("ready");
  const settledAt = new Float64Array(upstream.length).fill(Number.NaN);
  const points: Tally[] = [];
  const tally = new Tally();
  const take = (into: Tally, before: readonly number[]): void => {
    for (const u of before) {
      const point = u < size ? undefined : points[u - size];
      if (point) into.addAll(point);
      else into.add(bits[u] ?? BITS.open, settledAt[u] ?? Number.NaN);
    }
  };
  const branches = branchReader(nodes, upstream, counts);

  for (const i of order) {
    const node = nodes[i];
    const before = upstream[i] ?? NONE;
    if (!node) {
      // Whoever comes behind a point asks it how all before it ended.
      const point = new Tally();
      take(point, before);
      points[i - size] = point;
      counts[i] = WORST_FIRST.find((ended) => point.has(ended)) ?? "success";
      bits[i] = point.bits;
      settledAt[i] = point.last;
      trigger[i] = point.has("open") ? "waiting" : "ready";
      continue;
    }
    tally.clear();
    take(tally, before);
    const may = judgeTrigger(node.trigger, tally);
    const is = countsOf(node, i, may, before);
    trigger[i] = may;
    counts[i] = is;
    bits[i] = BITS[is === "retrying" ? "open" : is];
    if (isOpen(is)) continue;
    settledAt[i] =
      node.status !== "planned"
        ? endOf(node, run, clockOf)
        : before.length === 0
          ? Number.NaN
          : decidedAt(node.trigger, tally);
  }
  return { ...links, nodes, order, cyclic, counts, trigger, settledAt };

  function countsOf(node: NodeView, i: number, may: Trigger, before: readonly number[]): Counts {
    switch (node.status) {
      case "completed":
      case "reused":
        return "success";
      case "skipped":
      case "aborted":
        return node.status;
      case "failed":
        return mayRetry(node, endOf(node, run, clockOf), now, policyOf(node)) ? "retrying" : "failed";
      case "planned": {
        // Airflow's one_failed and its like are read as all-done: such a step may be skipped, though all before it ended.
        const uncertain =
          (node.trigger === "all-done" && node.operator !== undefined) || before.some(branches);
        const is = countsPlanned(may, node.expectsEvents, uncertain);
        // What is behind it has begun: it was skipped (as a step that is mapped over nothing is), or went unheard.
        return is === "open" && isPassed(nodes, downstream[i] ?? NONE) ? "maybe" : is;
      }
      default:
        return "open";
    }
  }
}

/** Trigger rules under which a start shows that all before it had ended, or were skipped. */
export const WAITS_FOR_ALL: ReadonlySet<string> = new Set(["all-success", "all-done", "none-failed"]);

/** Whether a step that waits for all before it has begun. Edges to planned steps are never inferred from data. */
function isPassed(nodes: readonly NodeView[], behind: readonly number[]): boolean {
  return behind.some((n) => {
    const node = nodes[n];
    return node?.current?.state.started !== undefined && WAITS_FOR_ALL.has(node.trigger);
  });
}

/** How a point counts where those before it ended in several ways. */
const WORST_FIRST = ["open", "failed", "aborted"] as const;

/** Whether a node, or one of those before a point, has ended and may have skipped what is behind it. */
function branchReader(
  nodes: readonly NodeView[],
  upstream: readonly (readonly number[])[],
  counts: readonly Counts[],
): (u: number) => boolean {
  const hasBranched = (u: number): boolean => {
    const operator = nodes[u]?.operator;
    return operator !== undefined && counts[u] !== "open" && BRANCHING.test(operator);
  };
  const known = new Map<number, boolean>();
  return (u) => {
    if (u < nodes.length) return hasBranched(u);
    const found = known.get(u) ?? (upstream[u] ?? NONE).some(hasBranched);
    known.set(u, found);
    return found;
  };
}

/** When a node ended, on our clock. */
function endOf(
  node: NodeView,
  run: RunView,
  clockOf: (attempt: NonNullable<NodeView["current"]>) => ClockFacts,
): number {
  const { current } = node;
  if (current?.endedAt === undefined) return childrenEnd(node, run, clockOf);
  const said = endToldBy(current.endMessageId, current.state.ends);
  return said ? clockOf(current).told(said) : clockOf(current).ours(current.endedAt);
}

/** The end that a message told of. Asked for each of many thousands, so no list is made to look through. */
function endToldBy(
  messageId: string | undefined,
  { completed, failed, aborted }: AttemptState["ends"],
): Moment | undefined {
  if (completed?.messageId === messageId) return completed;
  if (failed?.messageId === messageId) return failed;
  return aborted?.messageId === messageId ? aborted : undefined;
}

/** What has not finished, for those behind it and for the whole. */
export function isOpen(counts: Counts | undefined): boolean {
  return counts === "open" || counts === "retrying";
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
  const waiting = new Int32Array(upstream.length);
  for (let i = 0; i < upstream.length; i++) waiting[i] = upstream[i]?.length ?? 0;
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
