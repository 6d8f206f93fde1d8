/** Bars side by side with lines across them, in the units of the drawing, from the bottom up. */
export interface Trend {
  /** Undefined where there is nothing to draw. */
  readonly heights: readonly (number | undefined)[];
  readonly lines: readonly number[];
}

/** Below this a bar would not be seen, though something was there. */
const LEAST = 1.5;

/** Scales values and lines to the same height: the highest of both is as high as the drawing, or `top` is. */
export function trend(
  values: readonly (number | null)[],
  lines: readonly number[],
  height: number,
  top?: number,
): Trend {
  const most = top ?? Math.max(0, ...lines, ...values.map((value) => value ?? 0));
  const scaled = (value: number) => (most <= 0 ? 0 : Math.min(height, (value / most) * height));
  return {
    heights: values.map((value) =>
      value === null ? undefined : value <= 0 ? 0 : Math.max(LEAST, scaled(value)),
    ),
    lines: lines.map(scaled),
  };
}

/**
 * Places on a line of `count` columns that get a label, where the label changes: no two nearer than `apart` columns, and
 * none so near the end that it would not fit.
 */
export function labelPlaces(labels: readonly string[], apart: number): number[] {
  const places: number[] = [];
  labels.forEach((label, i) => {
    const last = places.at(-1);
    if (label === labels[i - 1] || i + apart > labels.length) return;
    if (last === undefined || i - last >= apart) places.push(i);
  });
  return places.length === 0 && labels.length > 0 ? [0] : places;
}
