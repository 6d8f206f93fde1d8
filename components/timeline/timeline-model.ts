import { holdersOf } from "@/components/graph/graph-model";
import { isSettled } from "@/components/graph/node-look";
import { toMillis } from "@/lib/base/format";
import { lines } from "@/lib/base/wide-edges";
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
  // Many times many: when the last of all before it ended is looked for once.
  const wideEnds = new Map<string, number>();
  for (const { from, to } of run.wideEdges) {
    let last = Number.NEGATIVE_INFINITY;
    for (const key of from) last = Math.max(last, time(byKey.get(key)?.endedAt ?? null) ?? last);
    for (const key of to) wideEnds.set(key, Math.max(last, wideEnds.get(key) ?? last));
  }
  const holders = holdersOf(run);
  const heldSince = new Map(
    run.diagnosis.blockers.map(({ nodeKey, verdict }) => [nodeKey, verdict && toMillis(verdict.since)]),
  );
  const order = rowOrder(
    run.nodes.map((n) => ({ id: n.key, parent: n.parentKey, startedAt: time(n.startedAt) ?? null })),
    lines(run),
  );
  const rows = order.flatMap((key): TimelineRow[] => {
    const node = byKey.get(key);
    if (!node) return [];
    let last = wideEnds.get(key) ?? Number.NEGATIVE_INFINITY;
    for (const { endedAt } of before.get(key) ?? []) last = Math.max(last, time(endedAt) ?? last);
    const ready = Number.isFinite(last) ? last : undefined;
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
