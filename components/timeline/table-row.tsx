// biome-ignore-all lint/a11y/noRedundantRoles: drawn as a grid, it is no table to some screen readers unless told
// biome-ignore-all lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose rows take the focus is a tree grid
// biome-ignore-all lint/a11y/useFocusableInteractive: the row takes the focus, and its cells are read with it

import { ChevronRight } from "lucide-react";
import { memo, type ReactNode, useState } from "react";
import { nodeState } from "@/components/graph/node-look";
import { useIsLit } from "@/components/run/lit";
import { FoldButton } from "@/components/timeline/fold-button";
import { COLUMNS, drawnWords } from "@/components/timeline/table-columns";
import { factsOf, nameOf, type RunTimes, type TableLine } from "@/components/timeline/table-lines";
import { cx } from "@/components/ui/cx";
import { StateShape } from "@/components/ui/state-shape";
import { formatCount, formatQuantity } from "@/lib/base/format";

export interface TableRowProps {
  line: TableLine;
  run: RunTimes;
  index: number;
  /** From the top of what is scrolled, and how high, px. */
  top: number;
  height: number;
  /** Whether its cells are seen, or stand for what is drawn over the row. */
  plain: boolean;
  /** Width of the names' column. */
  names: number;
  selected: boolean;
  /** Whether the Tab key stops here. */
  stop: boolean;
  /** It only passes by, and has its cells when it rests: nobody can read them before. */
  passing: boolean;
  onTurn: (id: string) => void;
}

/** A line of the timeline: its name, and all that is drawn of it in words. */
export const TableRow = memo(function TableRow(props: TableRowProps) {
  const { line, run, index, top, height, plain, names, selected, stop, passing, onTurn } = props;
  const { id, size, open, depth } = line.row;
  const [isTold, setTold] = useState(!passing);
  if (!passing && !isTold) setTold(true);
  const facts = factsOf(line, run);
  const { time, critical, latest } = facts;
  const state = time && nodeState(time.node);
  const isBad = state === "stuck" || state === "failed";
  const isGroup = time === undefined;
  const isLit = useIsLit(id) && plain && latest;
  const folds = size > 0 && latest;
  return (
    <tr
      role="row"
      tabIndex={stop ? 0 : -1}
      aria-rowindex={index + 2}
      aria-level={depth + 1}
      aria-expanded={folds ? open : undefined}
      aria-selected={isGroup ? undefined : selected}
      data-key={id}
      data-line={line.id}
      className={cx(
        "absolute left-0 block min-w-full cursor-pointer border-b border-line2 text-left focus-visible:-outline-offset-2",
        plain ? "w-max bg-panel hover:bg-line2" : "right-0 select-none hover:bg-line2/50",
        selected &&
          "forced-colors:outline-2 forced-colors:-outline-offset-4 forced-colors:outline-[Highlight]",
        isLit && "outline-2 -outline-offset-2 outline-accent outline-dashed",
        selected && plain && (isBad ? "bg-stuck-bg hover:bg-stuck-bg" : "bg-line2"),
        selected && !plain && (isBad ? "bg-stuck-bg/60 hover:bg-stuck-bg/60" : "bg-line2/70"),
      )}
      style={{ top, height }}
    >
      <th
        role="rowheader"
        scope="row"
        className={cx(
          "h-full font-normal",
          plain
            ? "sticky left-0 z-10 inline-block border-r border-line2 bg-inherit align-top"
            : "absolute inset-y-0 left-0 block select-text",
        )}
        style={{ width: names }}
      >
        {critical && latest && (
          <span aria-hidden="true" className="absolute inset-y-[23%] left-1.5 w-0.5 bg-text" />
        )}
        <span
          className="absolute top-1/2 left-4 flex -translate-y-1/2 items-center gap-2 max-sm:left-3"
          style={{ width: names - 24, paddingLeft: Math.min(depth, 4) * 10 }}
        >
          {isGroup ? (
            <>
              <ChevronRight
                aria-hidden="true"
                size={15}
                className={cx("flex-none text-faint", open && "rotate-90")}
              />
              <Name>{nameOf(facts)}</Name>
              <span className="text-xs text-faint tabular-nums" title={formatQuantity(size, "node")}>
                {formatCount(size)}
              </span>
            </>
          ) : (
            <>
              {state && latest ? <StateShape state={state} size={15} /> : <span className="w-[15px]" />}
              <Name muted={time.node.status === "planned" || !latest}>{nameOf(facts)}</Name>
            </>
          )}
        </span>
        {folds && !isGroup && (
          <FoldButton label={time.node.label} {...{ size, open, names, stop }} onTurn={() => onTurn(id)} />
        )}
      </th>
      {isTold && <Cells {...{ line, run, plain }} />}
    </tr>
  );
});

/** All that is drawn of the row, in words. */
const Cells = memo(function Cells({ line, run, plain }: Pick<TableRowProps, "line" | "run" | "plain">) {
  const facts = factsOf(line, run);
  return COLUMNS.map((column) => {
    const { label, width } = column;
    const words = plain ? column.text(facts, run) : drawnWords(column, facts, run);
    return plain ? (
      <td
        key={label}
        role="gridcell"
        title={words}
        className="inline-block h-full truncate px-2.5 align-top text-sm leading-[29px] tabular-nums"
        style={{ width }}
      >
        {words}
      </td>
    ) : (
      <td key={label} role="gridcell" className="sr-only">
        {words}
      </td>
    );
  });
});

function Name({ muted = false, children }: { muted?: boolean; children: ReactNode }) {
  return (
    <span className={cx("mono min-w-0 truncate text-sm font-semibold", muted && "text-muted")}>
      {children}
    </span>
  );
}
