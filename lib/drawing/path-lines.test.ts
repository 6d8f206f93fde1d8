import { expect, test } from "vitest";
import { pathLines } from "./path-lines.ts";
import { timeScale } from "./time-scale.ts";
import { ROW } from "./timeline-marks.ts";

const SCALE = timeScale(0, 100_000, 1_000);
const step = (row: number | undefined, startedAt: number | undefined, endedAt: number | undefined) => ({
  row,
  startedAt,
  endedAt,
});

test("a line leads from the end of a step down to the next, and along to its start", () => {
  const steps = [step(0, 0, 10_000), step(2, 20_000, 50_000)];
  expect(pathLines(steps, SCALE, 0, 5)).toEqual([
    [
      [100, 19],
      [100, 2 * ROW + 19],
      [200, 2 * ROW + 19],
    ],
  ]);
});

test("only what rows and time show is drawn, cut at the edges of the time", () => {
  const steps = [step(0, 0, 10_000), step(1, 20_000, 50_000), step(9, 60_000, undefined)];
  expect(pathLines(steps, SCALE, 4, 8)).toEqual([
    [
      [500, ROW + 19],
      [500, 9 * ROW + 19],
      [600, 9 * ROW + 19],
    ],
  ]);
  expect(pathLines(steps, timeScale(30_000, 40_000, 1_000), 0, 9)).toEqual([]);
  expect(pathLines(steps, timeScale(15_000, 25_000, 1_000), 0, 9)).toEqual([
    [
      [0, ROW + 19],
      [500, ROW + 19],
    ],
  ]);
  expect(pathLines(steps, timeScale(5_000, 15_000, 1_000), 0, 9)).toEqual([
    [
      [500, 19],
      [1_000, 19],
    ],
  ]);
});

test("a step that is folded away, or has not begun, is not led to", () => {
  expect(
    pathLines([step(0, 0, 1), step(undefined, 2, 3), step(2, undefined, undefined)], SCALE, 0, 9),
  ).toEqual([]);
});
