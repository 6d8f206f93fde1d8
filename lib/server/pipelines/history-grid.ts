import { byNumberWithin } from "../../base/compare.ts";
import { lines } from "../../base/wide-edges.ts";
import type { GridRow, PipelineGrid, SpreadResource } from "../../contract/pipelines.ts";
import { rowOrder } from "../../drawing/row-order.ts";
import type { RunCell } from "../../projections/run-cells.ts";
import type { NodeView, RunView } from "../../projections/run-view.ts";

/** One run of a history: its nodes as they stand. */
export interface HistoryRun {
  readonly runId: string;
  readonly cells: readonly RunCell[];
}

/**
 * Puts the runs of a pipeline side by side, newest first. The `models` are runs that are known whole, the newest first:
 * they give the order of the rows. Nodes that only other runs have stand below.
 */
export function historyGrid(
  history: readonly HistoryRun[],
  models: readonly RunView[],
  usual: (nodeKey: string) => SpreadResource | null,
): PipelineGrid {
  const nodes = new Map<string, NodeView>();
  // Beginnings are compared within their runs: yesterday's last step does not stand above today's first.
  const began = new Map<string, number>();
  for (const model of models) {
    for (const [key, node] of model.nodes) {
      if (nodes.has(key)) continue;
      nodes.set(key, node);
      const at = node.current?.startedAt;
      if (at !== undefined) began.set(key, at - (model.startedAt ?? at));
    }
  }
  const cellOf = new Map<string, RunCell>();
  for (const { cells } of history)
    for (const cell of cells) if (!cellOf.has(cell.key)) cellOf.set(cell.key, cell);

  withoutLone(nodes, cellOf, models);

  const known = rowOrder(
    [...nodes.values()]
      .sort((a, b) => byNumberWithin(a.key, b.key))
      .map(({ key, parentKey }) => ({
        id: key,
        parent: parentKey ?? null,
        startedAt: began.get(key) ?? null,
      })),
    models.flatMap(lines),
  );
  const keys = [...known, ...[...cellOf.keys()].filter((key) => !nodes.has(key))];
  const place = new Map(keys.map((key, row) => [key, row]));
  const missing = missingFrom(models[0]);
  return {
    rows: keys.map((key): GridRow => {
      const node = nodes.get(key);
      const cell = cellOf.get(key);
      return {
        key,
        label: node?.label ?? cell?.label ?? key,
        group: node?.group ?? node?.parentKey ?? cell?.instanceOf ?? cell?.parentKey ?? null,
        gone: missing(key),
        usual: usual(key),
      };
    }),
    columns: history.map(({ runId, cells }) => ({
      runId,
      cells: cells.flatMap(({ key, status, tookMs, attempts }) => {
        const row = place.get(key);
        return row === undefined ? [] : [[row, status, tookMs ?? null, attempts]];
      }),
    })),
  };
}

/** A run of which only its root was heard yet stands for itself; beside the nodes of other runs it is no row. */
function withoutLone(
  nodes: Map<string, NodeView>,
  cellOf: Map<string, RunCell>,
  models: readonly RunView[],
): void {
  const lone = new Set([
    ...models.filter((m) => m.nodes.has(m.root.key)).map((m) => m.root.key),
    ...[...cellOf.values()].filter((cell) => cell.alone).map((cell) => cell.key),
  ]);
  if ([...nodes.keys(), ...cellOf.keys()].every((key) => lone.has(key))) return;
  for (const key of lone) {
    nodes.delete(key);
    cellOf.delete(key);
  }
}

/** Whether the newest run will not have a node any more: of one that goes on without a plan nobody knows. */
function missingFrom(newest: RunView | undefined): (key: string) => boolean {
  if (!newest || (newest.endedAt === undefined && !newest.planKnown)) return () => false;
  return (key) => !newest.nodes.has(key);
}
