import { expect, test } from "vitest";
import { smoothness } from "./frames.ts";

const steady = (from: number, count: number, apart: number): number[] =>
  Array.from({ length: count }, (_, i) => from + i * apart);

test("a steady movement has as many frames in its worst second as in any", () => {
  expect(smoothness(steady(500, 200, 20))).toEqual({ median: 50, worst: 50, longest: 20 });
});

test("a pause spoils the second that it falls into, wherever that begins", () => {
  const frames = [...steady(0, 150, 20), ...steady(2_980 + 400, 150, 20)];
  const { median, worst, longest } = smoothness(frames);
  expect(median).toBe(50);
  expect(worst).toBe(31);
  expect(longest).toBe(400);
});

test("of less than a second nothing is said", () => {
  expect(smoothness(steady(0, 40, 20)).median).toBeNaN();
  expect(smoothness([]).worst).toBeNaN();
});
