"use client";

import type { Node, NodeProps } from "@xyflow/react";
import { memo } from "react";
import { ReuseIcon } from "@/components/ui/badge";
import { type StateName, StateShape } from "@/components/ui/state-shape";
import { formatCount } from "@/lib/base/format";
import type { Bundle, FoldKind } from "@/lib/drawing/focus";

export interface BundleData extends Record<string, unknown> {
  readonly bundle: Bundle;
  /** What its members are called. */
  readonly labels: readonly string[];
  readonly reused: number;
  readonly held: number;
  readonly open: (id: string) => void;
}

export type BundleNodeType = Node<BundleData, "bundle">;

const SHAPES: Readonly<Record<FoldKind, StateName>> = { done: "finished", failed: "failed", open: "planned" };
const WORDS: Readonly<Record<FoldKind, string>> = { done: "done", failed: "failed", open: "to come" };

/** As many can still be named. */
const NAMED = 3;

/** Steps of one kind, folded: by name where they are few, else counted. Click to see them. */
export const BundleNode = memo(function BundleNode({ data }: NodeProps<BundleNodeType>) {
  const { bundle, labels, reused, held, open } = data;
  const size = bundle.members.length;
  const count = formatCount(size);
  const few = size <= NAMED;
  const allReused = reused === size;
  const apart = allReused
    ? "reused"
    : reused > 0
      ? `${formatCount(reused)} reused`
      : held > 0
        ? `${formatCount(held)} held`
        : undefined;
  const words = few
    ? `${count} nodes ${apart ? `, ${apart}` : WORDS[bundle.kind]}`.replace(" ,", ",")
    : (apart ?? labels.slice(0, 2).join(", "));
  return (
    <button
      type="button"
      data-node={bundle.id}
      onClick={() => open(bundle.id)}
      className="pointer-events-auto relative flex h-[62px] flex-col items-stretch justify-start w-[190px] rounded-xl border border-line bg-raise px-[11px] pt-2 pr-2.5 text-left shadow-[3px_3px_0_-1px_var(--raise),3px_3px_0_0_var(--line),6px_6px_0_-1px_var(--raise),6px_6px_0_0_var(--line)] hover:border-ghost"
    >
      <span className="flex h-[18px] items-center gap-[7px]">
        <span className="sr-only">Folded, show:</span>
        <StateShape state={SHAPES[bundle.kind]} size={15} decorative />
        {few ? (
          <span className="mono min-w-0 flex-1 truncate text-sm font-semibold">{labels.join(", ")}</span>
        ) : (
          <span className="min-w-0 flex-1 truncate font-semibold tabular-nums">
            {count} {WORDS[bundle.kind]}
          </span>
        )}
        {allReused && (
          <span className="flex-none text-reuse">
            <ReuseIcon size={12} />
          </span>
        )}
      </span>
      <span className="mt-0.5 block truncate text-[0.71875rem] leading-[17px] text-muted tabular-nums">
        {words}
      </span>
    </button>
  );
});
