import type { InstantWords } from "@/components/timeline/instant-words";
import { VerdictStrip } from "@/components/verdicts/verdict-strip";
import { formatClock, formatDay } from "@/lib/base/format";
import type { VerdictChangeResource } from "@/lib/contract/verdict-history";
import { type Ticks, type TimeScale, toX } from "@/lib/drawing/time-scale";

export const AXIS = 38;
/** Below the axis: what was said when. */
export const STRIP = 22;

export interface TimeAxisProps {
  axis: Ticks;
  scale: TimeScale;
  names: number;
  zone: string;
  say: InstantWords;
  changes: readonly VerdictChangeResource[];
  until: number;
  /** The one instant that has a name: now, the end, or the instant that the page shows. */
  mark: { readonly at: number; readonly text: string };
}

/** What a label and a gap take beside the named instant, and a letter of its name, px. */
const LABEL = 62;
const LETTER = 6;

/** The instants above the rows, and what was said of the run when. */
export function TimeAxis({ axis, scale, names, zone, say, changes, until, mark }: TimeAxisProps) {
  const markX = toX(scale, mark.at);
  const apart = LABEL + LETTER * mark.text.length;
  const isSeen = markX >= 0 && markX <= scale.width;
  return (
    <div
      className="sticky top-0 z-20 cursor-ew-resize touch-pan-y select-none bg-panel tabular-nums"
      style={{ height: AXIS - 4 + STRIP }}
      title="Wheel or drag to zoom and move; a click shows what was known at an instant"
    >
      <div aria-hidden="true">
        {axis.at
          .filter((t) => t >= scale.from && (!isSeen || Math.abs(markX - toX(scale, t)) > apart))
          .map((t) => (
            <span
              key={t}
              className="absolute top-2.5 text-xs text-faint"
              style={{ left: names + toX(scale, t) }}
            >
              {labelOf(t, axis.unit, zone)}
            </span>
          ))}
        {isSeen && (
          <span
            className="absolute top-2.5 -translate-x-full text-xs font-semibold whitespace-nowrap"
            style={{ left: names + markX }}
          >
            {mark.text}
          </span>
        )}
      </div>
      <span className="absolute left-4 text-xs text-faint max-sm:left-3" style={{ top: AXIS - 3 }}>
        Verdict
      </span>
      <div
        className="absolute h-5 overflow-hidden"
        style={{ left: names, width: scale.width, top: AXIS - 4 }}
      >
        <VerdictStrip changes={changes} scale={scale} until={until} say={say} />
      </div>
    </div>
  );
}

function labelOf(at: number, unit: Ticks["unit"], zone: string): string {
  if (unit === "day") return formatDay(at, zone);
  if (unit !== "millisecond") return formatClock(at, zone, unit === "second");
  const part = ((at % 1_000) + 1_000) % 1_000;
  return `${formatClock(at, zone, true)}.${String(part).padStart(3, "0")}`;
}
