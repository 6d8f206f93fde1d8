"use client";

import type { ReactNode } from "react";
import type { VisibleRow } from "@/components/pipelines/fold-rows";
import { type HistoryColumn, seenCell } from "@/components/pipelines/grid-cells";
import { markWord, tookMs, usualWords } from "@/components/pipelines/pipeline-words";
import type { Place } from "@/components/pipelines/use-roving-cell";
import { shownState } from "@/components/runs/run-words";
import { Mono } from "@/components/ui/mono";
import { StateShape } from "@/components/ui/state-shape";
import { withoutBackticks } from "@/components/ui/text-with-code";
import { useTimeZone } from "@/components/use-time-zone";
import { formatClock, formatDay, formatDurationExact, formatQuantity, shortId } from "@/lib/base/format";
import type { GridRow } from "@/lib/contract/pipelines";

export interface HistoryDetailProps {
  place: Place | undefined;
  visible: readonly VisibleRow[];
  rows: readonly GridRow[];
  columns: readonly HistoryColumn[];
}

/** What is under the pointer or the focus, in words. It has its place whether or not there is anything to say. */
export function HistoryDetail(props: HistoryDetailProps) {
  return (
    <div
      aria-hidden="true"
      className="flex h-[34px] items-center gap-x-3 overflow-hidden border-t border-line px-4 text-sm whitespace-nowrap text-muted tabular-nums max-sm:h-[50px] max-sm:flex-wrap max-sm:content-center"
    >
      <Words {...props} />
    </div>
  );
}

function Words({ place, visible, rows, columns }: HistoryDetailProps): ReactNode {
  const row = place && visible[place.row];
  const column = place && columns[place.column - 1];
  if (!row && !column)
    return (
      <span className="truncate max-sm:whitespace-normal">
        A mark opens its run at that node. Arrow keys move from mark to mark.
      </span>
    );
  if (!row) return column && <RunWords column={column} />;
  const node = row.own === undefined ? undefined : rows[row.own];
  const cell = column && seenCell(row, column, rows);
  return (
    <>
      <Mono className="max-w-[50%] flex-none truncate font-semibold text-text">{row.key}</Mono>
      {column && cell && (
        <span className="flex items-center gap-1.5 text-text">
          <StateShape state={cell.shape} size={13} decorative />
          {cell.words}
        </span>
      )}
      {column && !cell && <span>{column.cells ? "not in this run" : "this run is older than the grid"}</span>}
      {cell?.tookMs !== undefined && <span>took {formatDurationExact(cell.tookMs)}</span>}
      {cell && cell.attempts > 1 && <span>{formatQuantity(cell.attempts, "attempt")}</span>}
      {column ? <When column={column} /> : node && <span>{usualWords(node.usual)}</span>}
      {!column && row.below > 0 && <span>{formatQuantity(row.below, "node")}</span>}
      {!column && node?.gone && <span>not in the newest run</span>}
    </>
  );
}

function RunWords({ column }: { column: HistoryColumn }) {
  const { run } = column;
  const took = tookMs(run);
  return (
    <>
      <span className="flex items-center gap-1.5 text-text">
        <StateShape state={shownState(run)} size={13} decorative />
        {markWord(run)}
      </span>
      <When column={column} />
      {took !== undefined && <span>took {formatDurationExact(took)}</span>}
      {run.stuckMs ? <span>stuck for {formatDurationExact(run.stuckMs)}</span> : null}
      <span className="min-w-0 truncate">{withoutBackticks(run.headline)}</span>
    </>
  );
}

function When({ column: { run } }: { column: HistoryColumn }) {
  const zone = useTimeZone();
  return (
    <span>
      run <Mono>{shortId(run.id)}</Mono>, {formatDay(run.startedAt, zone)} {formatClock(run.startedAt, zone)}
    </span>
  );
}
