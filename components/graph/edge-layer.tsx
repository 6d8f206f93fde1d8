"use client";

import { memo } from "react";
import { type EdgeKind, edgeKind, type GraphModel, isThere } from "@/components/graph/graph-model";
import type { Layout } from "@/components/graph/use-layout";
import { edgePath } from "@/lib/drawing/edge-path";
import { groupBoxes } from "@/lib/drawing/group-boxes";

/** All edges of one kind are one path: a thousand edges cost three elements. */
export const EdgeLayer = memo(function EdgeLayer({ model, layout }: { model: GraphModel; layout: Layout }) {
  const paths: Record<EdgeKind, string[]> = { plain: [], held: [], warm: [], hot: [] };
  for (const { from, to } of layout.shape.edges) {
    const a = layout.at.get(from);
    const b = layout.at.get(to);
    if (a && b && isThere(model, from) && isThere(model, to))
      paths[edgeKind(model, from, to)].push(edgePath(a, b));
  }
  return (
    <svg
      aria-hidden="true"
      className="pointer-events-none absolute top-0 left-0 z-[-1] overflow-visible"
      width="1"
      height="1"
      fill="none"
    >
      <path d={paths.plain.join("")} stroke="var(--ghost)" strokeOpacity="0.7" strokeWidth="1.4" />
      <path d={paths.held.join("")} stroke="var(--ghost)" strokeWidth="1.4" strokeDasharray="4 4" />
      <path d={paths.warm.join("")} stroke="var(--suspect)" strokeWidth="1.6" strokeDasharray="4 4" />
      <path d={paths.hot.join("")} stroke="var(--stuck)" strokeWidth="2" strokeDasharray="4 4" />
    </svg>
  );
});

/** Faint boxes around what belongs to one parent, whose node is the box's head. */
export const BoxLayer = memo(function BoxLayer({ layout }: { layout: Layout }) {
  if (!layout.shape.nodes.some((node) => node.parent !== null)) return null;
  return (
    <div aria-hidden="true" className="pointer-events-none absolute top-0 left-0 z-[-2]">
      {groupBoxes(layout.shape, layout.at).map((box) => (
        <div
          key={box.id}
          className="absolute rounded-2xl border border-line bg-[color-mix(in_oklab,var(--panel)_55%,transparent)]"
          style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
        />
      ))}
    </div>
  );
});
