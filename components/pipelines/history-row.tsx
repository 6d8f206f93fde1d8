// biome-ignore-all lint/a11y/noRedundantRoles: drawn as a grid, it is no table to some screen readers unless told
// biome-ignore-all lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells take the focus is a grid
// biome-ignore-all lint/a11y/useFocusableInteractive: where a cell holds a link, the link takes the focus

import { ChevronRight } from "lucide-react";
import { memo } from "react";
import type { VisibleRow } from "@/components/pipelines/fold-rows";
import { type HistoryColumn, seenCell } from "@/components/pipelines/grid-cells";
import { isLearned, usualWords } from "@/components/pipelines/pipeline-words";
import { cellId } from "@/components/pipelines/use-roving-cell";
import { runPageHref } from "@/components/run/run-address";
import { cx } from "@/components/ui/cx";
import { StateShape } from "@/components/ui/state-shape";
import { formatCount, formatDuration, shortId } from "@/lib/base/format";
import type { GridRow } from "@/lib/contract/pipelines";

export const HISTORY_ROW = 28;
const MARK = 13;

export interface HistoryRowProps {
  index: number;
  row: VisibleRow;
  rows: readonly GridRow[];
  columns: readonly HistoryColumn[];
  /** The column that the Tab key stops at; undefined in every row but one. */
  stop: number | undefined;
  marked: boolean;
  /** Below the head, in pixels. */
  top: number;
  onFold: (key: string) => void;
}

/** A node, or a folded group, through all runs. */
export const HistoryRow = memo(function HistoryRow(props: HistoryRowProps) {
  const { index, row, rows, columns, stop, marked, top, onFold } = props;
  return (
    <tr
      role="row"
      aria-rowindex={index + 2}
      className={cx(
        "group/row absolute inset-x-0 grid grid-cols-[var(--names)_repeat(var(--columns),var(--pitch))] hover:bg-line2/50",
        marked && "bg-accent-bg",
      )}
      style={{ top, height: HISTORY_ROW }}
    >
      <Name
        row={row}
        node={row.own === undefined ? undefined : rows[row.own]}
        {...{ index, stop, marked, onFold }}
      />
      {columns.map((column, i) => {
        const cell = seenCell(row, column, rows);
        const place = { "data-cell": cellId(index, i + 1), tabIndex: stop === i + 1 ? 0 : -1 };
        const run = shortId(column.run.id);
        return (
          <td
            key={column.run.id}
            role="gridcell"
            aria-colindex={i + 2}
            {...(!cell && { ...place, "aria-label": `not in run ${run}` })}
            className="grid place-items-center -outline-offset-1"
          >
            {cell && (
              <a
                {...place}
                href={runPageHref(column.run.id, { node: cell.node })}
                aria-label={`${cell.words}${cell.tookMs === undefined ? "" : `, ${formatDuration(cell.tookMs)}`}, run ${run}`}
                className="grid size-full place-items-center rounded-xs -outline-offset-1"
              >
                <StateShape
                  state={cell.shape}
                  size={MARK}
                  decorative
                  // What went as it should is not what one looks for.
                  className={cell.shape === "finished" ? "opacity-55" : ""}
                />
              </a>
            )}
          </td>
        );
      })}
    </tr>
  );
});

interface NameProps {
  row: VisibleRow;
  node: GridRow | undefined;
  index: number;
  stop: number | undefined;
  marked: boolean;
  onFold: (key: string) => void;
}

function Name({ row, node, index, stop, marked, onFold }: NameProps) {
  const usual = node?.usual ?? null;
  const folds = row.below > 0;
  // Read after the label, in the place of the figures that are only seen.
  const words = [
    ...(row.label === row.key ? [] : [row.key]),
    ...(node ? [usualWords(usual)] : []),
    ...(node?.gone ? ["not in the newest run"] : []),
  ];
  const content = (
    <>
      <span className="flex min-w-0 flex-1 items-center gap-1">
        {folds && (
          <ChevronRight
            aria-hidden="true"
            size={13}
            className={cx("-ml-[3px] flex-none text-faint", row.open && "rotate-90")}
          />
        )}
        <span className={cx("mono min-w-0 truncate text-sm", node?.gone && "text-faint line-through")}>
          {row.label}
        </span>
        {folds && (
          <span className="flex-none text-xs text-faint tabular-nums">
            {formatCount(row.below)}
            <span className="sr-only"> nodes</span>
          </span>
        )}
        <span className="sr-only">{words.map((word) => `, ${word}`).join("")}</span>
      </span>
      <span
        aria-hidden="true"
        className={cx(
          "grid flex-none grid-cols-[52px_52px_34px] text-right text-xs tabular-nums max-lg:hidden",
          usual && isLearned(usual) ? "text-muted" : "text-faint",
        )}
      >
        <span>{usual && formatDuration(usual.medianMs)}</span>
        <span>{usual && formatDuration(usual.p95Ms)}</span>
        <span>{usual && formatCount(usual.samples)}</span>
      </span>
    </>
  );
  const common = {
    "data-cell": cellId(index, 0),
    tabIndex: stop === 0 ? 0 : -1,
  };
  const look = "flex size-full min-w-0 items-center gap-2 pr-4 text-left -outline-offset-2";
  const indent = { paddingLeft: 16 + Math.min(row.depth, 4) * 12 };
  return (
    <th
      role="rowheader"
      scope="row"
      aria-colindex={1}
      {...(!folds && common)}
      className={cx(
        "sticky left-0 z-10 min-w-0 font-normal -outline-offset-2",
        marked
          ? "bg-accent-bg"
          : "bg-panel group-hover/row:bg-[color-mix(in_oklab,var(--line2)_50%,var(--panel))]",
      )}
    >
      {folds ? (
        <button
          type="button"
          {...common}
          aria-expanded={row.open}
          onClick={() => onFold(row.key)}
          className={look}
          style={indent}
        >
          {content}
        </button>
      ) : (
        <span className={look} style={indent}>
          {content}
        </span>
      )}
    </th>
  );
}
