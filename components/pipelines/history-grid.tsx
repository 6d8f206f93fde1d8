// biome-ignore-all lint/a11y/noRedundantRoles: drawn as a grid, it is no table to some screen readers unless told
// biome-ignore-all lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells take the focus is a grid

"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useRouter } from "next/navigation";
import { type MouseEvent, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { foldRows, type Opened } from "@/components/pipelines/fold-rows";
import { historyColumns } from "@/components/pipelines/grid-cells";
import { HistoryDetail } from "@/components/pipelines/history-detail";
import { HISTORY_ROW, HistoryRow } from "@/components/pipelines/history-row";
import { HistoryTrends, trendsHeight } from "@/components/pipelines/history-trends";
import { markWord } from "@/components/pipelines/pipeline-words";
import { cellId, useRovingCell } from "@/components/pipelines/use-roving-cell";
import { runPageHref } from "@/components/run/run-address";
import { shownState } from "@/components/runs/run-words";
import { Card } from "@/components/ui/card";
import { StateShape } from "@/components/ui/state-shape";
import { useTimeZone } from "@/components/use-time-zone";
import { formatClock, formatDay, shortId } from "@/lib/base/format";
import type { PipelineDetail } from "@/lib/contract/pipelines";

export interface HistoryGridProps {
  pipeline: PipelineDetail;
  /** The node that the link names. */
  node: string | undefined;
  allOpen: boolean;
}

const NONE: ReadonlySet<string> = new Set();

/** The latest runs as columns, oldest at the left, and the nodes as rows in the order of the work. */
export function HistoryGrid({ pipeline, node, allOpen }: HistoryGridProps) {
  const { rows } = pipeline.grid;
  const scroller = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<ReadonlySet<string>>(NONE);
  const [wasAll, setWasAll] = useState(allOpen);
  if (wasAll !== allOpen) {
    setWasAll(allOpen);
    setOpened(NONE);
  }
  const columns = useMemo(() => historyColumns(pipeline), [pipeline]);
  const runs = useMemo(() => columns.map((column) => column.run), [columns]);
  const visible = useMemo(
    () => foldRows(rows, openedOf(rows, opened, allOpen, node)),
    [rows, opened, allOpen, node],
  );
  const onFold = useCallback((key: string) => {
    setOpened((before) => {
      const next = new Set(before);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  }, []);

  const above = trendsHeight(pipeline) + HISTORY_ROW;
  const virtual = useVirtualizer({
    count: visible.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => HISTORY_ROW,
    overscan: 6,
    scrollMargin: above,
    scrollPaddingStart: HISTORY_ROW,
  });
  const { grid, active, seen, handlers } = useRovingCell({
    rows: visible.length,
    columns: columns.length + 1,
    page: 10,
    start: { row: -1, column: columns.length },
    reveal: (row) => virtual.scrollToIndex(row),
  });
  const router = useRouter();

  // The newest runs are what one came for; they stand at the right end.
  useLayoutEffect(() => {
    if (scroller.current) scroller.current.scrollLeft = scroller.current.scrollWidth;
  }, []);
  const first = useRef(node);
  useEffect(() => {
    const index = visible.findIndex((row) => row.key === first.current);
    first.current = undefined;
    if (index > 8) virtual.scrollToIndex(index, { align: "center" });
  }, [visible, virtual]);

  const items = virtual.getVirtualItems();
  // Where the row with the focus is scrolled away, the Tab key still finds the grid: at its head.
  const stopRow = items.some((item) => item.index === active.row) ? active.row : -1;
  return (
    <Card>
      <div
        ref={scroller}
        className="max-h-[min(720px,78dvh)] overflow-auto overscroll-x-contain [--names:116px] [--pitch:24px] sm:[--names:210px] sm:[--pitch:16px] lg:[--names:340px]"
        style={{
          ["--columns" as string]: Math.max(1, columns.length),
          scrollPaddingLeft: "var(--names)",
          scrollPaddingTop: HISTORY_ROW,
        }}
      >
        <div className="w-max min-w-full pr-3">
          <HistoryTrends pipeline={pipeline} runs={runs} />
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: Enter on a link is a click */}
          <table
            ref={grid}
            role="grid"
            aria-label="Nodes by runs, the newest run last"
            aria-rowcount={visible.length + 1}
            aria-colcount={columns.length + 1}
            aria-readonly="true"
            onClick={(event) => follow(event, router.push)}
            {...handlers}
            className="block"
          >
            <thead role="rowgroup" className="sticky top-0 z-20 block bg-panel">
              <RunHeads runs={runs} stop={stopRow === -1 ? active.column : undefined} />
            </thead>
            <tbody role="rowgroup" className="relative block" style={{ height: virtual.getTotalSize() }}>
              {items.map(({ index, start }) => {
                const row = visible[index];
                return (
                  row && (
                    <HistoryRow
                      key={row.key}
                      index={index}
                      row={row}
                      rows={rows}
                      columns={columns}
                      stop={stopRow === index ? active.column : undefined}
                      marked={row.key === node}
                      top={start - above}
                      onFold={onFold}
                    />
                  )
                );
              })}
            </tbody>
          </table>
        </div>
      </div>
      <HistoryDetail place={seen} visible={visible} rows={rows} columns={columns} />
    </Card>
  );
}

/** The groups that are open: those that were opened by hand, or all but those; and what the link's node is folded into. */
function openedOf(
  rows: PipelineDetail["grid"]["rows"],
  byHand: ReadonlySet<string>,
  allOpen: boolean,
  node: string | undefined,
): Opened {
  const groups = new Set(rows.flatMap((row) => row.group ?? []));
  if (allOpen) return byHand.size === 0 ? "all" : new Set([...groups].filter((key) => !byHand.has(key)));
  const above = rows.find((row) => row.key === node)?.group;
  return above === null || above === undefined || byHand.has(above) ? byHand : new Set([...byHand, above]);
}

/** The runs over their columns, each with its state. */
function RunHeads({ runs, stop }: { runs: PipelineDetail["runs"]; stop: number | undefined }) {
  const zone = useTimeZone();
  return (
    <tr
      role="row"
      aria-rowindex={1}
      className="grid grid-cols-[var(--names)_repeat(var(--columns),var(--pitch))] border-y border-line2"
      style={{ height: HISTORY_ROW }}
    >
      <th
        role="columnheader"
        scope="col"
        aria-colindex={1}
        data-cell={cellId(-1, 0)}
        tabIndex={stop === 0 ? 0 : -1}
        className="sticky left-0 z-10 flex items-center gap-2 bg-panel px-4 text-left text-xs font-semibold tracking-[0.03em] text-faint -outline-offset-2"
      >
        <span className="flex-1">Node</span>
        <span className="grid grid-cols-[52px_52px_34px] text-right max-lg:hidden">
          <span>Usually</span>
          <span>p95</span>
          <span>Runs</span>
        </span>
      </th>
      {runs.map((run, i) => (
        <th key={run.id} role="columnheader" scope="col" aria-colindex={i + 2} className="grid">
          <a
            data-cell={cellId(-1, i + 1)}
            tabIndex={stop === i + 1 ? 0 : -1}
            href={runPageHref(run.id)}
            aria-label={`Run ${shortId(run.id)}, ${formatDay(run.startedAt, zone)} ${formatClock(run.startedAt, zone)}, ${markWord(run)}`}
            className="grid place-items-center rounded-xs -outline-offset-1 hover:bg-line2"
          >
            <StateShape state={shownState(run)} size={14} decorative />
          </a>
        </th>
      ))}
    </tr>
  );
}

/** A thousand links at once are followed by one listener. */
function follow(event: MouseEvent, go: (href: string) => void): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  const href = link?.getAttribute("href");
  if (!href) return;
  event.preventDefault();
  go(href);
}
