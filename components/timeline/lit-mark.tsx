"use client";

import { useLit } from "@/components/run/lit";
import { type TimeScale, toX } from "@/lib/drawing/time-scale";
import { ROW } from "@/lib/drawing/timeline-marks";

export interface LitMarkProps {
  scale: TimeScale;
  names: number;
  rows: readonly { readonly id: string }[];
  /** Where the first begins, px. */
  top: number;
}

/** Where and when the evidence that is pointed at or open lies: a line through all rows, a ring on its own. */
export function LitMark({ scale, names, rows, top }: LitMarkProps) {
  const lit = useLit();
  if (!lit) return null;
  const x = toX(scale, lit.at);
  if (x < 0 || x > scale.width) return null;
  const index = rows.findIndex(({ id }) => id === lit.nodeKey);
  return (
    <div
      aria-hidden="true"
      data-lit={lit.nodeKey}
      className="pointer-events-none absolute inset-y-0 z-10 w-0 border-l border-dashed border-accent forced-colors:border-[Highlight]"
      style={{ left: names + x }}
    >
      {index >= 0 && (
        <span
          className="absolute -left-[11px] size-[22px] rounded-full border-2 border-accent forced-colors:border-[Highlight]"
          style={{ top: top + index * ROW + 8 }}
        />
      )}
    </div>
  );
}
