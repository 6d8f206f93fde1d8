"use client";

import { useMemo } from "react";
import type { GraphModel } from "@/components/graph/graph-model";
import { Tooltip } from "@/components/ui/tooltip";
import { formatCount } from "@/lib/base/format";
import { countLines } from "@/lib/base/wide-edges";
import type { RunResource } from "@/lib/contract/runs";

/** Where each of many comes after each of many: that not all of these lines are drawn. Nothing where all are. */
export function ThinnedEdges({ run, model }: { run: RunResource; model: GraphModel }) {
  const { drawn, all } = useMemo(() => {
    if (run.wideEdges.length === 0) return { drawn: 0, all: 0 };
    const shown = new Set(model.shape.nodes.map(({ id }) => id));
    return countLines(run, (id) => shown.has(id));
  }, [run, model]);
  if (drawn >= all) return null;
  return (
    <Tooltip content="Where each of many comes after each of many, only the lines to the first and from the first are drawn. The others are counted all the same: in what holds the run, and in what it holds.">
      <button
        type="button"
        className="absolute bottom-[15px] left-[140px] z-10 rounded-sm bg-bg/80 px-1 text-sm tabular-nums text-muted max-sm:bottom-11 max-sm:left-3"
      >
        {formatCount(drawn)} of {formatCount(all)} edges drawn
      </button>
    </Tooltip>
  );
}
