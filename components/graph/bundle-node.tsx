"use client";

import type { GraphModel } from "@/components/graph/graph-model";
import { ReuseIcon } from "@/components/ui/badge";
import { type StateName, StateShape } from "@/components/ui/state-shape";
import { formatCount } from "@/lib/base/format";
import type { Bundle, FoldKind } from "@/lib/drawing/focus";

export interface BundleNodeProps {
  bundle: Bundle;
  model: GraphModel;
  open: (id: string) => void;
}

const SHAPES: Readonly<Record<FoldKind, StateName>> = { done: "finished", failed: "failed", open: "planned" };
const WORDS: Readonly<Record<FoldKind, string>> = { done: "done", failed: "failed", open: "to come" };

/** As many can still be named. */
const NAMED = 3;

/** Steps of one kind, folded: by name where they are few, else counted. Click to see them. */
export function BundleNode({ bundle, model, open }: BundleNodeProps) {
  const reused = bundle.members.filter((key) => model.nodes.get(key)?.status === "reused").length;
  const held = bundle.members.filter((key) => model.holders.has(key)).length;
  const labels = bundle.members.slice(0, NAMED).map((key) => model.nodes.get(key)?.label ?? key);
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
}
