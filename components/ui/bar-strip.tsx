import { cx } from "@/components/ui/cx";
import { barHeights } from "@/lib/drawing/bars";

export interface BarOfStrip {
  readonly key: string;
  readonly value: number;
  /** The part that is wrong; drawn above the rest, in red. */
  readonly wrong: number;
  /** What the bar says under the pointer. */
  readonly title?: string;
}

export interface BarStripProps {
  bars: readonly BarOfStrip[];
  height?: number;
  /** What it shows, in words: "1,204 messages in 24 hours". */
  label: string;
  className?: string;
}

/** Of a bar and the gap behind it. The drawing stretches with its box. */
const PITCH = 10;
const BAR = 7;

/** Counts side by side, over a hairline. An hour in which nothing came leaves a gap. */
export function BarStrip({ bars, height = 24, label, className }: BarStripProps) {
  const heights = barHeights(
    bars.map(({ value, wrong }) => ({ base: value, top: wrong })),
    height - 1,
  );
  const width = Math.max(1, bars.length * PITCH - (PITCH - BAR));
  return (
    <svg
      role="img"
      aria-label={label}
      className={cx("block w-full", className)}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
    >
      <rect x={0} y={height - 1} width={width} height={1} fill="var(--line)" />
      {bars.map((bar, index) => {
        const { base = 0, top = 0 } = heights[index] ?? {};
        const x = index * PITCH;
        return (
          <g key={bar.key}>
            {bar.title !== undefined && (
              <rect x={x} y={0} width={PITCH} height={height} fill="transparent">
                <title>{bar.title}</title>
              </rect>
            )}
            <g pointerEvents="none">
              {base > 0 && <rect x={x} y={height - base} width={BAR} height={base} fill="var(--beat)" />}
              {top > 0 && <rect x={x} y={height - base - top} width={BAR} height={top} fill="var(--stuck)" />}
            </g>
          </g>
        );
      })}
    </svg>
  );
}
