// biome-ignore-all lint/a11y/noRedundantRoles: drawn as a grid, it is no table to some screen readers unless told

"use client";

import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef, useState } from "react";
import { COMPARE_COLUMNS, CompareRow } from "@/components/compare/compare-row";
import { cx } from "@/components/ui/cx";
import { type GridColumn, GridHead } from "@/components/ui/grid-head";
import type { ComparedNode, ComparisonResource } from "@/lib/contract/comparison";

const ROW = 44;

const HEAD: readonly GridColumn[] = [
  ["Node", ""],
  ["Before", "max-md:hidden"],
  ["Now", "max-md:hidden"],
  ["What differs", "max-md:hidden"],
];

export interface CompareTableProps {
  comparison: ComparisonResource;
  nodes: readonly ComparedNode[];
  /** Of the choice before, while the answer to this one is on its way. */
  stale: boolean;
}

/** Node by node, upstream first. Of ten thousand rows those are there that are seen. */
export function CompareTable({ comparison, nodes, stale }: CompareTableProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const rect = body.current?.getBoundingClientRect();
    if (rect) setTop(rect.top + window.scrollY);
  }, []);
  const virtual = useWindowVirtualizer({
    count: nodes.length,
    estimateSize: (i) => Math.max(ROW, 23 + 21 * (nodes[i]?.differences.length ?? 0)),
    getItemKey: (i) => nodes[i]?.key ?? i,
    overscan: 8,
    scrollMargin: top,
    // Before the browser has measured anything, a screen's worth.
    initialRect: { width: 1240, height: 800 },
  });
  return (
    <table
      role="table"
      aria-label="Nodes of both runs, what precedes before what follows"
      aria-rowcount={nodes.length + 1}
      aria-busy={stale}
      className={cx("block transition-opacity duration-150", stale && "opacity-50")}
    >
      <GridHead columns={cx("gap-x-4", COMPARE_COLUMNS)} head={HEAD} from="md" counted />
      <tbody ref={body} role="rowgroup" className="relative block" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const node = nodes[index];
          return (
            node && (
              <CompareRow
                key={node.key}
                index={index}
                node={node}
                comparison={comparison}
                top={start - top}
                measure={virtual.measureElement}
              />
            )
          );
        })}
      </tbody>
    </table>
  );
}
