import { type TimeScale, toX } from "./time-scale.ts";
import { ROW } from "./timeline-marks.ts";

/** A step of the critical path: its row, and when it began and ended, ms. */
export interface PathStep {
  readonly row: number | undefined;
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
}

/** Corners of a line, px from the first row's top: down or up from the end of a step, and along to the start of the next. */
export type PathLine = readonly (readonly [x: number, y: number])[];

/** The middle of a row's bar. */
const MIDDLE = 19;

/** From the end of each step to the start of the next, as far as rows `first` to `last` and the scale show it. */
export function pathLines(
  steps: readonly PathStep[],
  scale: TimeScale,
  first: number,
  last: number,
): PathLine[] {
  return steps.slice(1).flatMap((next, i): PathLine[] => {
    const before = steps[i];
    const [a, b, end, start] = [before?.row, next.row, before?.endedAt, next.startedAt];
    if (a === undefined || b === undefined || end === undefined || start === undefined) return [];
    if (Math.max(a, b) < first || Math.min(a, b) > last) return [];
    if (start < scale.from || end > scale.to) return [];
    const x = (at: number) => toX(scale, at);
    const y = (row: number) => row * ROW + MIDDLE;
    if (end < scale.from) return [[[0, y(b)] as const, [x(start), y(b)] as const]];
    if (start > scale.to) return [[[x(end), y(a)] as const, [scale.width, y(a)] as const]];
    return [[[x(end), y(a)] as const, [x(end), y(b)] as const, [x(start), y(b)] as const]];
  });
}
