/** Time to pixels and back. Milliseconds since the epoch; knows neither canvas nor row. */

export interface TimeScale {
  readonly from: number;
  readonly to: number;
  readonly width: number;
}

export function timeScale(from: number, to: number, width: number): TimeScale {
  // A span of nothing would divide by nothing.
  return { from, to: Math.max(to, from + 1_000), width: Math.max(1, width) };
}

export function toX(scale: TimeScale, at: number): number {
  return ((at - scale.from) / (scale.to - scale.from)) * scale.width;
}

export function toTime(scale: TimeScale, x: number): number {
  return scale.from + (x / scale.width) * (scale.to - scale.from);
}

/** Where a stretch of time is drawn, as far as it is in sight, and never too narrow to be seen. */
export function stretchOf(
  scale: TimeScale,
  from: number,
  to: number,
): { readonly left: number; readonly width: number } | undefined {
  if (to < scale.from || from > scale.to) return undefined;
  const left = Math.max(0, toX(scale, from));
  return { left, width: Math.max(2, Math.min(scale.width, toX(scale, to)) - left) };
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Steps that people count in. */
const STEPS = [
  ...[10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 30, 90, 365].map((n) => n * DAY),
];

export interface Ticks {
  readonly at: readonly number[];
  /** What a label must show to tell two ticks apart. */
  readonly unit: "millisecond" | "second" | "minute" | "day";
}

/** Round instants at least `apart` pixels from each other; `offset` is the reader's zone east of UTC, in ms. */
export function ticks(scale: TimeScale, apart = 90, offset = 0): Ticks {
  const least = ((scale.to - scale.from) / scale.width) * apart;
  const step = STEPS.find((s) => s >= least) ?? Math.ceil(least / (365 * DAY)) * 365 * DAY;
  const at: number[] = [];
  const first = Math.ceil((scale.from + offset) / step) * step - offset;
  for (let t = first; t <= scale.to; t += step) at.push(t);
  const unit = step < SECOND ? "millisecond" : step < MINUTE ? "second" : step < DAY ? "minute" : "day";
  return { at, unit };
}
