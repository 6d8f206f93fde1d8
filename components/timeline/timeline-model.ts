import { holdersOf } from "@/components/graph/graph-model";
import { isSettled } from "@/components/graph/node-look";
import { toMillis } from "@/lib/base/format";
import type { NodeResource, RunResource } from "@/lib/contract/runs";
import { rowOrder } from "@/lib/drawing/row-order";

export interface TimelineRow {
  readonly node: NodeResource;
  readonly depth: number;
  /** Ready to start, not started: from the end of the last thing before it. */
  readonly waitedFrom: number | undefined;
  readonly startedAt: number | undefined;
  /** Undefined while it goes on. */
  readonly endedAt: number | undefined;
  /** The blocker that it waits for, and since when there was nothing else to wait for. */
  readonly held: { readonly by: string; readonly since: number } | undefined;
}

export interface Timeline {
  readonly rows: readonly TimelineRow[];
  readonly from: number;
  /** Undefined while the run goes on. */
  readonly to: number | undefined;
}

/** A pause shorter than this between two steps is how schedulers are. */
const WORTH_DRAWING_MS = 1_000;

export function timelineOf(run: RunResource): Timeline {
  const byKey = new Map(run.nodes.map((node) => [node.key, node]));
  const before = new Map<string, NodeResource[]>();
  for (const { from, to } of run.edges) {
    const node = byKey.get(from);
    if (!node) continue;
    const list = before.get(to);
    if (list) list.push(node);
    else before.set(to, [node]);
  }
  const holders = holdersOf(run);
  const heldSince = new Map(
    run.diagnosis.blockers.map(({ nodeKey, verdict }) => [nodeKey, verdict && toMillis(verdict.since)]),
  );
  const order = rowOrder(
    run.nodes.map((n) => ({ id: n.key, parent: n.parentKey, startedAt: time(n.startedAt) ?? null })),
    run.edges,
  );
  const rows = order.flatMap((key): TimelineRow[] => {
    const node = byKey.get(key);
    if (!node) return [];
    const ends = (before.get(key) ?? []).flatMap((n) => time(n.endedAt) ?? []);
    const ready = ends.length > 0 ? Math.max(...ends) : undefined;
    const startedAt = time(node.startedAt);
    const waited = startedAt !== undefined && ready !== undefined && startedAt - ready > WORTH_DRAWING_MS;
    const holder = isSettled(node.status) || startedAt !== undefined ? undefined : holders.get(key);
    const since = holder === undefined ? undefined : (heldSince.get(holder) ?? ready);
    return [
      {
        node,
        depth: key.split("/").length - 1,
        waitedFrom: waited ? ready : undefined,
        startedAt,
        endedAt: time(node.endedAt),
        held:
          holder === undefined || since === undefined || since === null ? undefined : { by: holder, since },
      },
    ];
  });
  const starts = rows.flatMap((row) => row.startedAt ?? []);
  const from = time(run.summary.startedAt) ?? earliest(starts) ?? toMillis(run.at);
  return { rows, from: Math.min(from, earliest(starts) ?? from), to: time(run.summary.endedAt) };
}

function time(at: string | null): number | undefined {
  return at === null ? undefined : toMillis(at);
}

function earliest(times: readonly number[]): number | undefined {
  return times.length === 0 ? undefined : times.reduce((least, t) => Math.min(least, t));
}
