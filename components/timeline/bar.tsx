import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import { stretchOf, type TimeScale } from "@/lib/drawing/time-scale";

const HATCH =
  "repeating-linear-gradient(135deg, color-mix(in oklab, currentColor 26%, var(--panel)) 0 2px, color-mix(in oklab, currentColor 8%, var(--panel)) 2px 6px)";

const HEIGHTS = { bar: "top-3 h-3.5", under: "top-[27px] h-0.5", above: "top-[5px] h-1" } as const;

export interface BarProps {
  scale: TimeScale;
  from: number;
  to: number;
  className: string;
  /** The bar itself, a line under it, or a band above it. */
  height?: keyof typeof HEIGHTS;
  /** In the colour of its text: time that is judged. */
  hatched?: boolean;
  children?: ReactNode;
}

/** A stretch of a row's time, as far as it is in sight. */
export function Bar({ scale, from, to, className, height = "bar", hatched = false, children }: BarProps) {
  const place = stretchOf(scale, from, to);
  if (!place) return null;
  return (
    <span
      className={cx(
        "absolute flex items-center rounded-xs",
        HEIGHTS[height],
        height === "bar" && "forced-colors:border",
        className,
      )}
      style={{ ...place, ...(hatched && { background: HATCH }) }}
    >
      {children}
    </span>
  );
}
