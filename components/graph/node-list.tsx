"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { X } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { nodeState, nodeWords } from "@/components/graph/node-look";
import { cx } from "@/components/ui/cx";
import { StateShape } from "@/components/ui/state-shape";
import { useNow } from "@/components/use-now";
import { formatCount, toMillis } from "@/lib/base/format";
import { lines } from "@/lib/base/wide-edges";
import type { NodeResource, RunResource } from "@/lib/contract/runs";
import { rowOrder } from "@/lib/drawing/row-order";

const ROW = 30;

export interface NodeListProps {
  run: RunResource;
  holders: ReadonlyMap<string, string>;
  selected: string | undefined;
  onSelect: (key: string) => void;
  onClose: () => void;
}

/** Every node in words: for phones, for screen readers, and for who knows the name. */
export function NodeList({ run, holders, selected, onSelect, onClose }: NodeListProps) {
  const [filter, setFilter] = useState("");
  const scroller = useRef<HTMLUListElement>(null);
  const now = useNow(5_000);
  const rows = useMemo(() => listed(run, filter), [run, filter]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
  });
  return (
    <section
      aria-label="List of nodes"
      onKeyDown={(event) => event.key === "Escape" && onClose()}
      className="absolute bottom-11 left-4 z-20 flex max-h-[calc(100%-60px)] w-[min(420px,calc(100%-32px))] animate-appear flex-col overflow-hidden rounded-2xl border border-line bg-raise shadow-over"
    >
      <div className="flex items-center gap-2 border-b border-line2 px-3 py-2">
        <input
          // biome-ignore lint/a11y/noAutofocus: it was opened to look for a node
          autoFocus
          type="search"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
          placeholder="Filter by name or state"
          aria-label="Filter the nodes"
          className="min-w-0 flex-1 bg-transparent placeholder:text-faint focus-visible:outline-none [&::-webkit-search-cancel-button]:appearance-none"
        />
        <span className="text-sm text-muted tabular-nums" role="status">
          {formatCount(rows.length)}
        </span>
        <button
          type="button"
          aria-label="Close the list"
          onClick={onClose}
          className="grid size-6 place-items-center rounded-sm text-muted hover:text-text"
        >
          <X aria-hidden="true" size={14} />
        </button>
      </div>
      <ul ref={scroller} className="min-h-[120px] flex-1 overflow-y-auto">
        <li aria-hidden="true" style={{ height: virtual.getVirtualItems()[0]?.start ?? 0 }} />
        {virtual.getVirtualItems().map(({ index }) => {
          const node = rows[index];
          return (
            node && (
              <li key={node.key} aria-setsize={rows.length} aria-posinset={index + 1}>
                <button
                  type="button"
                  data-opens={node.key}
                  aria-pressed={node.key === selected}
                  onClick={() => onSelect(node.key)}
                  className={cx(
                    "flex h-[30px] w-full items-center gap-2 px-3 text-left hover:bg-line2 focus-visible:-outline-offset-2",
                    node.key === selected && "bg-line2",
                  )}
                >
                  <StateShape state={nodeState(node)} size={14} />
                  <span className="mono min-w-0 flex-1 truncate font-semibold" title={node.key}>
                    {node.key}
                  </span>
                  <span className="max-w-[60%] flex-none truncate text-sm text-muted tabular-nums">
                    {nodeWords(node, holders.get(node.key), now)}
                  </span>
                </button>
              </li>
            )
          );
        })}
        <li
          aria-hidden="true"
          style={{ height: virtual.getTotalSize() - (virtual.getVirtualItems().at(-1)?.end ?? 0) }}
        />
      </ul>
    </section>
  );
}

function listed(run: RunResource, filter: string): NodeResource[] {
  const byKey = new Map(run.nodes.map((node) => [node.key, node]));
  const order = rowOrder(
    run.nodes.map((n) => ({
      id: n.key,
      parent: n.parentKey,
      startedAt: n.startedAt ? toMillis(n.startedAt) : null,
    })),
    lines(run),
  );
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const rows = order.flatMap((key) => byKey.get(key) ?? []);
  const matching = rows.filter((node) => {
    const text = `${node.key} ${node.status} ${nodeState(node)}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  // What holds the run comes first; the rest keeps the order of the work.
  return [...matching.filter((n) => n.blocker), ...matching.filter((n) => !n.blocker)];
}
