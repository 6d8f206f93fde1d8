import { cx } from "@/components/ui/cx";

export interface HeartbeatSegment {
  /** Both from 0 to 1 along the strip. */
  readonly from: number;
  readonly to: number;
  readonly kind: "beat" | "gap" | "dim";
}

export interface HeartbeatStripProps {
  segments: readonly HeartbeatSegment[];
  /** The drawing's width in pixels; it stretches with its box, the ticks do not get wider. */
  width?: number;
  height?: number;
  /** What it shows, in words: "Beats until 02:35, silent since". */
  label: string;
  /** The words stand beside it already. */
  decorative?: boolean;
  className?: string;
}

const PITCH = 3.2;
const TICK = 1.5;

/** Ticks for beats, a thin red line for a gap. One path per segment: rows of these come by the hundred. */
export function HeartbeatStrip({
  segments,
  width = 190,
  height = 10,
  label,
  decorative = false,
  className,
}: HeartbeatStripProps) {
  const box = {
    className: cx("block w-full", className),
    height,
    viewBox: `0 0 ${width} ${height}`,
    preserveAspectRatio: "none",
    fill: "none",
  };
  const drawing = segments.map((segment) => (
    <path
      key={`${segment.kind} ${segment.from}`}
      vectorEffect="non-scaling-stroke"
      {...(segment.kind === "gap" ? gap(segment, width, height) : ticks(segment, width, height))}
    />
  ));
  return decorative ? (
    <svg aria-hidden="true" {...box}>
      {drawing}
    </svg>
  ) : (
    <svg role="img" aria-label={label} {...box}>
      <title>{label}</title>
      {drawing}
    </svg>
  );
}

function gap({ from, to }: HeartbeatSegment, width: number, height: number) {
  const d = `M${round(clamp(from) * width)} ${height / 2}H${round(clamp(to) * width)}`;
  return { d, stroke: "var(--stuck)", strokeWidth: 1.2, strokeOpacity: 0.7 };
}

function ticks({ from, to, kind }: HeartbeatSegment, width: number, height: number) {
  // The strip's height less the round ends of the strokes.
  const top = round(height * 0.08 + TICK / 2);
  const bottom = round(height * 0.92 - TICK / 2);
  const end = clamp(to) * width;
  let d = "";
  for (let x = clamp(from) * width + TICK / 2; x < end; x += PITCH) d += `M${round(x)} ${top}V${bottom}`;
  return {
    d,
    stroke: "var(--beat)",
    strokeWidth: TICK,
    strokeLinecap: "round",
    strokeOpacity: kind === "dim" ? 0.45 : 0.95,
  } as const;
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}

function round(n: number): number {
  return Math.round(n * 10) / 10;
}
