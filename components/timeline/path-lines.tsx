import { useMemo } from "react";
import type { Timeline } from "@/components/timeline/timeline-model";
import type { FoldedRow } from "@/lib/drawing/fold-groups";
import { type TimeScale, toX } from "@/lib/drawing/time-scale";

export interface PathLinesProps {
  rows: readonly FoldedRow[];
  timeline: Timeline;
  scale: TimeScale;
  names: number;
  /** Height of a row, and where the first begins, px. */
  row: number;
  top: number;
  shown: { readonly startIndex: number; readonly endIndex: number } | null;
}

/** From the end of each step of the critical path to the start of the next. */
export function PathLines({ rows, timeline, scale, names, row, top, shown }: PathLinesProps) {
  const place = useMemo(() => new Map(rows.map(({ id }, i) => [id, i])), [rows]);
  if (!shown) return null;
  const { path, times } = timeline;
  const d = path.slice(1).map((id, i) => {
    const before = path[i] ?? id;
    const [a, b] = [place.get(before), place.get(id)];
    const [end, start] = [times.get(before)?.endedAt, times.get(id)?.startedAt];
    if (a === undefined || b === undefined || end === undefined || start === undefined) return "";
    if (Math.max(a, b) < shown.startIndex || Math.min(a, b) > shown.endIndex) return "";
    if (start < scale.from || end > scale.to) return "";
    const x = (at: number) => Math.round(Math.max(0, Math.min(scale.width, toX(scale, at))) * 10) / 10;
    const y = (index: number) => top + (index - shown.startIndex) * row + 19;
    if (end < scale.from) return `M0 ${y(b)}H${x(start)}`;
    if (start > scale.to) return `M${x(end)} ${y(a)}H${scale.width}`;
    return `M${x(end)} ${y(a)}V${y(b)}H${x(start)}`;
  });
  return (
    <svg
      aria-hidden="true"
      className="pointer-events-none absolute overflow-visible"
      style={{ left: names, top: shown.startIndex * row }}
      width={scale.width}
      height={(shown.endIndex - shown.startIndex + 1) * row}
      fill="none"
    >
      <path d={d.join("")} stroke="var(--text)" strokeWidth="1.2" strokeOpacity="0.55" />
    </svg>
  );
}
