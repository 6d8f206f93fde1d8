// biome-ignore-all lint/a11y/noRedundantRoles: drawn as a grid, it is no table to some screen readers unless told
// biome-ignore-all lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose rows take the focus is a tree grid

import type { VirtualItem } from "@tanstack/react-virtual";
import type { MouseEvent } from "react";
import { COLUMNS } from "@/components/timeline/table-columns";
import type { RunTimes, TableLine } from "@/components/timeline/table-lines";
import { TableRow } from "@/components/timeline/table-row";
import { cx } from "@/components/ui/cx";

export const HEAD = 31;

export interface TimelineTableProps {
  lines: readonly TableLine[];
  run: RunTimes;
  items: readonly VirtualItem[];
  height: number;
  plain: boolean;
  names: number;
  selected: string | undefined;
  /** The line at which the Tab key stops. */
  stop: string | undefined;
  onSelect: (node: string) => void;
  onTurn: (id: string) => void;
}

/** The rows of the timeline, in words: seen as a table, or behind what is drawn. Of 30,000 those are there that are near. */
export function TimelineTable(props: TimelineTableProps) {
  const { lines, run, items, height, plain, names, selected, stop, onSelect, onTurn } = props;
  const onClick = (event: MouseEvent) => {
    const row = event.target instanceof Element ? event.target.closest("[data-key]") : null;
    // Whoever marks words to copy them chooses nothing.
    if (!row || event.defaultPrevented || window.getSelection()?.type === "Range") return;
    const id = row.getAttribute("data-key") ?? "";
    if (run.timeline.times.has(id)) onSelect(id);
    else onTurn(id);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the region around it has the keys
    <table
      role="treegrid"
      aria-label="Nodes, in the order of the work"
      aria-rowcount={lines.length + 1}
      aria-colcount={COLUMNS.length + 1}
      aria-readonly="true"
      onClick={onClick}
      className={cx("block", plain && "w-max min-w-full")}
      style={{ height }}
    >
      <thead
        role="rowgroup"
        className={plain ? "sticky top-0 z-20 block w-max min-w-full bg-panel" : "sr-only"}
      >
        <tr
          role="row"
          aria-rowindex={1}
          className="block border-b border-line text-left text-xs whitespace-nowrap text-faint"
          style={{ height: HEAD }}
        >
          {[{ label: "Node", width: names }, ...COLUMNS].map(({ label, width }, i) => (
            <th
              key={label}
              role="columnheader"
              scope="col"
              className={cx(
                "inline-block h-full px-2.5 leading-[30px] font-semibold",
                i === 0 && "sticky left-0 z-10 border-r border-line2 bg-panel pl-4 max-sm:pl-3",
              )}
              style={{ width }}
            >
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" className="block">
        {items.map(({ index, start, size }) => {
          const line = lines[index];
          return (
            line && (
              <TableRow
                key={line.id}
                {...{ line, run, index, plain, names, onTurn }}
                top={start}
                height={size}
                selected={line.row.id === selected && run.timeline.times.has(line.row.id)}
                stop={line.id === stop}
              />
            )
          );
        })}
      </tbody>
    </table>
  );
}
