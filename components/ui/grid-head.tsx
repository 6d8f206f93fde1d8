// biome-ignore-all lint/a11y/noRedundantRoles: drawn as a grid, it is no table to some screen readers unless told

import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";

/** A column's heading, and the class that hides it where there is no room for its column. */
export type GridColumn = readonly [label: string, hidden: string];

export interface GridHeadProps {
  /** The grid's columns, the same as in each row. */
  columns: string;
  head: readonly GridColumn[];
  /** Below this width the rows speak for themselves, and only a screen reader is told of the columns. */
  from?: "sm" | "md";
  /** A first column that has a sign instead of words, as it is called. */
  sign?: string;
  /** Behind the first heading. */
  note?: ReactNode;
  /** Where rows are counted, since not all of them are on the page. */
  counted?: boolean;
}

/** The line of headings over a table whose rows are grids. */
export function GridHead({ columns, head, from = "sm", sign, note, counted = false }: GridHeadProps) {
  return (
    <thead role="rowgroup" className={cx("block", from === "sm" ? "max-sm:sr-only" : "max-md:sr-only")}>
      <tr
        role="row"
        aria-rowindex={counted ? 1 : undefined}
        className={cx(
          "grid h-[35px] items-center border-b border-line2 px-4 text-left text-xs tracking-[0.03em] text-faint",
          columns,
        )}
      >
        {sign !== undefined && (
          <th role="columnheader" scope="col">
            <span className="sr-only">{sign}</span>
          </th>
        )}
        {head.map(([label, hidden], index) => (
          <th key={label} role="columnheader" scope="col" className={cx("font-semibold", hidden)}>
            {label}
            {index === 0 && note}
          </th>
        ))}
      </tr>
    </thead>
  );
}
