import { holdersOf } from "@/components/graph/graph-model";
import { isSettled } from "@/components/graph/node-look";
import { toMillis } from "@/lib/base/format";
import { lines } from "@/lib/base/wide-edges";
import type { NodeResource, RunResource } from "@/lib/contract/runs";
import { criticalPath } from "@/lib/drawing/critical-path";
import type { FoldNode } from "@/lib/drawing/fold-groups";
import { rowOrder } from "@/lib/drawing/row-order";

/** A node's time. */
export interface NodeTime {
  readonly node: NodeResource;
  /** Ready to start, not started: from the end of the last thing before it. */
  readonly waitedFrom: number | undefined;
  readonly startedAt: number | undefined;
  /** Undefined while it goes on. */
  readonly endedAt: number | undefined;
  /** The blocker that it waits for, and since when there was nothing else to wait for. */
  readonly held: { readonly by: string; readonly since: number } | undefined;
}

export interface Timeline {
  readonly times: ReadonlyMap<string, NodeTime>;
  /** In the order of the work. */
  readonly order: readonly FoldNode[];
  /** The chain of steps that made the run as long as it is. */
  readonly path: readonly string[];
  readonly from: number;
  /** Undefined while the run goes on. */
  readonly to: number | undefined;
}

/** A pause shorter than this between two steps is how schedulers are. */
const WORTH_DRAWING_MS = 1_000;

export function timelineOf(run: RunResource): Timeline {
  const byKey = new Map(run.nodes.map((node) => [node.key, node]));
  const before = endsBefore(run, byKey);
  const holders = holdersOf(run);
  const heldSince = new Map(
    run.diagnosis.blockers.map(({ nodeKey, verdict }) => [nodeKey, verdict && toMillis(verdict.since)]),
  );
  const times = new Map<string, NodeTime>();
  for (const node of run.nodes) {
    const { key } = node;
    const ready = before.get(key);
    const startedAt = time(node.startedAt);
    const waited = startedAt !== undefined && ready !== undefined && startedAt - ready > WORTH_DRAWING_MS;
    const by = isSettled(node.status) || startedAt !== undefined ? undefined : holders.get(key);
    const since = by === undefined ? undefined : (heldSince.get(by) ?? ready);
    times.set(key, {
      node,
      waitedFrom: waited ? ready : undefined,
      startedAt,
      endedAt: time(node.endedAt),
      held: by === undefined || since === undefined || since === null ? undefined : { by, since },
    });
  }
  const begun = run.nodes.map((n) => ({
    id: n.key,
    parent: n.parentKey,
    startedAt: time(n.startedAt) ?? null,
    endedAt: time(n.endedAt) ?? null,
  }));
  const order = rowOrder(begun, lines(run)).flatMap((key): FoldNode[] => {
    const node = byKey.get(key);
    return node ? [{ id: key, parent: node.parentKey, group: node.group }] : [];
  });
  // A step around others lasts as long as they do, and tells nothing of which of them was waited for.
  const around = new Set(run.nodes.flatMap((n) => n.parentKey ?? []));
  const leaves = begun.filter(({ id }) => !around.has(id));
  const start = begun.reduce((least, n) => Math.min(least, n.startedAt ?? least), Number.POSITIVE_INFINITY);
  const from = time(run.summary.startedAt) ?? (Number.isFinite(start) ? start : toMillis(run.at));
  return {
    times,
    order,
    path: criticalPath(leaves, awaitedEdges(run, byKey), run.diagnosis.blockers[0]?.nodeKey),
    from: Math.min(from, start),
    to: time(run.summary.endedAt),
  };
}

/** The edges; of many times many only those from the one that was waited for, that which ended last or goes on. */
function awaitedEdges(run: RunResource, byKey: ReadonlyMap<string, NodeResource>) {
  const awaited = run.wideEdges.flatMap(({ from, to }) => {
    const endOf = (key: string) => {
      const node = byKey.get(key);
      return node?.startedAt && node.endedAt === null
        ? Number.POSITIVE_INFINITY
        : (time(node?.endedAt ?? null) ?? Number.NEGATIVE_INFINITY);
    };
    const [first] = from;
    if (first === undefined) return [];
    const last = from.reduce((latest, key) => (endOf(key) > endOf(latest) ? key : latest), first);
    return to.map((key) => ({ from: last, to: key }));
  });
  return [...run.edges, ...awaited];
}

/** When the last of what each node needs had ended. */
function endsBefore(run: RunResource, byKey: ReadonlyMap<string, NodeResource>): Map<string, number> {
  const ends = new Map<string, number>();
  for (const { from, to } of awaitedEdges(run, byKey)) {
    const end = time(byKey.get(from)?.endedAt ?? null);
    if (end !== undefined) ends.set(to, Math.max(end, ends.get(to) ?? end));
  }
  return ends;
}

function time(at: string | null): number | undefined {
  return at === null ? undefined : toMillis(at);
}
