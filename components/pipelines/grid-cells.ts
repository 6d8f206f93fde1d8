import type { VisibleRow } from "@/components/pipelines/fold-rows";
import { cellShape } from "@/components/pipelines/pipeline-words";
import { type StateName, stateWord } from "@/components/ui/state-shape";
import { formatCount } from "@/lib/base/format";
import type { GridRow, PipelineDetail, PipelineRun } from "@/lib/contract/pipelines";
import type { NodeStatusName } from "@/lib/contract/runs";

/** A node, or the nodes of a group, in one run. */
export interface SeenCell {
  readonly shape: StateName;
  /** `Finished`, `Stuck`, `3 finished, 1 failed`. */
  readonly words: string;
  /** Of a node alone. */
  readonly tookMs: number | undefined;
  readonly attempts: number;
  /** The node that a click leads to: of several the one that stands worst. */
  readonly node: string;
}

export interface HistoryColumn {
  readonly run: PipelineRun;
  /** Undefined where the grid has no room for this run. */
  readonly cells: ReadonlyMap<number, NodeCell> | undefined;
}

interface NodeCell {
  readonly status: NodeStatusName;
  readonly tookMs: number | null;
  readonly attempts: number;
}

/** Worst first: of several nodes it is this one that is shown. */
const WORST: readonly StateName[] = [
  ...(["stuck", "suspect", "failed", "unknown", "slow", "aborted"] as const),
  ...(["waiting", "progressing", "planned", "finished", "reused"] as const),
];

/** The runs of a history that its grid has room for, oldest first, as time is read. */
export function historyColumns({ runs, grid }: Pick<PipelineDetail, "runs" | "grid">): HistoryColumn[] {
  const byRun = new Map(grid.columns.map((column) => [column.runId, column.cells]));
  return runs.toReversed().map((run) => {
    const cells = byRun.get(run.id);
    return {
      run,
      cells:
        cells && new Map(cells.map(([row, status, tookMs, attempts]) => [row, { status, tookMs, attempts }])),
    };
  });
}

/** What a row shows of a run; undefined where the run has none of its nodes. */
export function seenCell(
  row: VisibleRow,
  { run, cells }: HistoryColumn,
  rows: readonly GridRow[],
): SeenCell | undefined {
  let worst: { shape: StateName; place: number; cell: NodeCell } | undefined;
  const counts = new Map<string, number>();
  for (const place of row.members) {
    const cell = cells?.get(place);
    if (!cell) continue;
    const shape = shapeOf(cell.status, rows[place]?.key, run);
    const word = cell.status === "skipped" ? "Skipped" : stateWord(shape);
    counts.set(word, (counts.get(word) ?? 0) + 1);
    if (!worst || WORST.indexOf(shape) < WORST.indexOf(worst.shape)) worst = { shape, place, cell };
  }
  if (!worst) return undefined;
  const [one, ...more] = [...counts];
  const isOne = more.length === 0 && one?.[1] === 1;
  return {
    shape: worst.shape,
    words: isOne
      ? one[0]
      : [...counts].map(([word, n]) => `${formatCount(n)} ${word.toLowerCase()}`).join(", "),
    tookMs: isOne ? (worst.cell.tookMs ?? undefined) : undefined,
    attempts: isOne ? worst.cell.attempts : 0,
    node: rows[worst.place]?.key ?? row.key,
  };
}

/** The node that holds an open run is shown as the run is judged. */
function shapeOf(status: NodeStatusName, key: string | undefined, run: PipelineRun): StateName {
  const holds = run.state !== "finished" && run.state !== "progressing" && run.blocker === key;
  return holds ? run.state : cellShape(status);
}
