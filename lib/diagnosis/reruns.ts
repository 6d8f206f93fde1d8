import type { NodeView } from "../projections/run-view.ts";
import { compareWithPast } from "./compare-past.ts";
import type { RunGraph } from "./run-graph.ts";
import type { PastAttempt } from "./verdict.ts";

/** What was not reused, by number, and what that followed from. */
export interface Reruns {
  /** For each node that was not reused because of those before it: the first of these, at most `NAMED`. */
  readonly causes: ReadonlyMap<number, readonly number[]>;
  /** For each node that was the first not to be reused: those behind it, by number. */
  readonly consequences: ReadonlyMap<number, readonly number[]>;
}

/** A sentence names no more than this many causes. */
const NAMED = 3;

const NONE: readonly number[] = [];

/** Statuses under which a node was run although reuse was on. */
export const RAN: ReadonlySet<string> = new Set(["MISS", "POPULATED", "STORE_FAILED"]);

/** Statuses under which a node was run for another reason than its key. */
const RAN_ANYWAY: ReadonlySet<string> = new Set(["DISABLED", "BYPASSED", "EVICTED", "LOOKUP_FAILED"]);

/** Kinds of components that follow from what is before a node. */
const FROM_BEFORE: ReadonlySet<string> = new Set(["upstream", "input"]);

/**
 * Goes through a run once, from upstream to downstream, and tells the first nodes that were not reused from those
 * behind them. A reused node ends a chain: what is behind it alone has a cause of its own.
 */
export function findReruns(graph: RunGraph, historyOf: (node: NodeView) => readonly PastAttempt[]): Reruns {
  const inherited = new Map<number, readonly number[]>();
  const causes = new Map<number, readonly number[]>();
  const consequences = new Map<number, number[]>();
  const changed = new Set<number>();
  for (const i of graph.order) {
    const node = graph.nodes[i];
    const status = node?.current?.state.cache?.status.value;
    if (status === "HIT") continue;
    const before = merged(graph.upstream[i] ?? NONE, inherited);
    // The point of a wide edge passes on what comes to it.
    if (!node) {
      if (before.length > 0) inherited.set(i, before);
      continue;
    }
    const ran = status !== undefined && RAN.has(status);
    if (!ran && (status === undefined || !RAN_ANYWAY.has(status))) {
      if (before.length > 0) inherited.set(i, before);
      continue;
    }
    const diff = ran
      ? compareWithPast(node.current?.state.cache?.components?.value, historyOf(node)).diff.filter(
          (d) => d.changed,
        )
      : [];
    // Behind a step that was only forced, what has changed in a node itself is its own cause.
    const follows =
      ran &&
      (before.some((cause) => changed.has(cause)) ||
        (diff.length > 0 && diff.every((d) => FROM_BEFORE.has(d.kind))));
    if (before.length === 0 || !follows) {
      if (diff.length > 0) changed.add(i);
      inherited.set(i, ran ? [i] : [...before, i].slice(0, NAMED));
      continue;
    }
    inherited.set(i, before);
    causes.set(i, before);
    for (const cause of before) {
      const list = consequences.get(cause);
      if (list) list.push(i);
      else consequences.set(cause, [i]);
    }
  }
  return { causes, consequences };
}

/** The causes of all upstreams; shared as they are where these agree. */
function merged(
  upstream: readonly number[],
  inherited: ReadonlyMap<number, readonly number[]>,
): readonly number[] {
  let one = NONE;
  for (const u of upstream) {
    const causes = inherited.get(u);
    if (!causes || causes === one) continue;
    one = one.length === 0 ? causes : [...new Set([...one, ...causes])].slice(0, NAMED);
  }
  return one;
}
