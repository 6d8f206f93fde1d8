"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { Copy } from "lucide-react";
import { useMemo, useState } from "react";
import { useSize } from "@/components/graph/use-size";
import { tableText } from "@/components/timeline/table-columns";
import { linesOf, type RunTimes } from "@/components/timeline/table-lines";
import { HEAD, TimelineTable } from "@/components/timeline/timeline-table";
import { useRowFocus } from "@/components/timeline/use-row-focus";
import { useScrollToFirst } from "@/components/timeline/use-scroll-to-first";
import { CopyButton } from "@/components/ui/copy-button";
import type { FoldedRow } from "@/lib/drawing/fold-groups";

const LINE = 30;

export interface TimelineSheetProps {
  run: RunTimes;
  rows: readonly FoldedRow[];
  selected: string | undefined;
  onSelect: (node: string) => void;
  onTurn: (id: string) => void;
}

/** The timeline as a table that is seen: a line for each attempt, to be checked and copied. */
export function TimelineSheet({ run, rows, selected, onSelect, onTurn }: TimelineSheetProps) {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [size, measure] = useSize();
  const lines = useMemo(() => linesOf(rows, run.attempts, true), [rows, run.attempts]);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => element,
    estimateSize: () => LINE,
    overscan: 10,
    paddingStart: HEAD,
    scrollPaddingStart: HEAD,
  });
  useScrollToFirst(element, selected, lines, virtual);
  const { stop, onKeyDown, onFocus } = useRowFocus({
    ...{ lines, virtual, element, selected, onSelect, onTurn },
    isNode: (id) => run.timeline.times.has(id),
  });
  const names = (size?.width ?? 900) < 600 ? 132 : 200;
  return (
    <div
      ref={measure}
      className="relative min-h-0 flex-1 overflow-hidden bg-panel max-lg:h-[420px] max-lg:flex-none"
    >
      <section
        ref={setElement}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        aria-label="Timeline of the run"
        onKeyDown={onKeyDown}
        onFocus={onFocus}
        className="absolute inset-0 overflow-auto focus-visible:-outline-offset-2"
      >
        <TimelineTable
          plain
          {...{ lines, run, names, selected, stop, onSelect, onTurn }}
          items={virtual.getVirtualItems()}
          height={virtual.getTotalSize()}
        />
      </section>
      <CopyButton
        text={() => tableText(lines, run)}
        label="Copy the table"
        icon={<Copy aria-hidden="true" size={13} />}
        className="absolute right-4 bottom-3 z-20 h-[26px] rounded-lg border border-line bg-raise px-2.5 text-sm"
      />
    </div>
  );
}
