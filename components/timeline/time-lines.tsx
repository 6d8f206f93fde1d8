import type { Ref } from "react";
import { AXIS } from "@/components/timeline/time-axis";
import { type Ticks, type TimeScale, toX } from "@/lib/drawing/time-scale";

export interface TimeLinesProps {
  axis: Ticks;
  scale: TimeScale;
  names: number;
}

/** Hairlines below the labels of the axis. */
export function GridLines({ axis, scale, names }: TimeLinesProps) {
  return (
    <svg
      aria-hidden="true"
      className="pointer-events-none absolute top-0 h-full overflow-hidden"
      style={{ left: names }}
      width={scale.width}
    >
      {axis.at.map((t) => (
        <line key={t} x1={toX(scale, t)} x2={toX(scale, t)} y1={AXIS - 4} y2="100%" stroke="var(--line2)" />
      ))}
    </svg>
  );
}

export interface InstantLineProps {
  at: number;
  scale: TimeScale;
  names: number;
  /** The instant that is shown, where it is not the present. */
  past: boolean;
}

/** Now, or the instant that the page shows: what comes after it is not known yet. */
export function InstantLine({ at, scale, names, past }: InstantLineProps) {
  const x = toX(scale, at);
  if (x < 0 || x > scale.width) return null;
  return (
    <div
      aria-hidden="true"
      className={`pointer-events-none absolute bottom-0 z-10 w-[1.5px] ${past ? "bg-accent" : "bg-text"}`}
      style={{ left: names + x, top: AXIS - 8 }}
    />
  );
}

/** A hairline under the pointer with its instant; moved by its owner without a render. */
export function PointerLine({ line, words }: { line: Ref<HTMLDivElement>; words: Ref<HTMLSpanElement> }) {
  return (
    <div
      ref={line}
      hidden
      aria-hidden="true"
      className="pointer-events-none absolute top-0 bottom-0 left-0 z-[21] w-px bg-faint/60"
    >
      <span
        ref={words}
        className="absolute top-1.5 left-1 rounded-sm border border-line bg-raise px-1 text-2xs whitespace-nowrap tabular-nums"
      />
    </div>
  );
}
