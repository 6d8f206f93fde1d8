import fc from "fast-check";
import { expect, test } from "vitest";
import { stretchOf, ticks, timeScale, toTime, toX } from "./time-scale.ts";

const START = Date.UTC(2026, 10, 23, 22, 4);
const HOUR = 3_600_000;

test.each([
  [START, 0],
  [START + 3 * HOUR, 500],
  [START + 6 * HOUR, 1000],
])("%i is drawn at %i", (at, x) => {
  expect(toX(timeScale(START, START + 6 * HOUR, 1000), at)).toBe(x);
});

test("back and forth is the same instant", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 1, max: 4000 }), (span, width) => {
      const scale = timeScale(START, START + span, width);
      expect(toTime(scale, toX(scale, START + span / 3))).toBeCloseTo(START + span / 3, 1);
    }),
  );
});

test("ticks fall on whole hours of the reader's zone", () => {
  const scale = timeScale(START, START + 6 * HOUR, 900);
  expect(ticks(scale, 90).at[0]).toBe(Date.UTC(2026, 10, 23, 23));
  expect(ticks(scale, 90, HOUR / 2).at[0]).toBe(Date.UTC(2026, 10, 23, 22, 30));
});

test("ticks keep their distance, and are never many", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e11 }), fc.integer({ min: 50, max: 4000 }), (span, width) => {
      const scale = timeScale(START, START + span, width);
      const { at } = ticks(scale, 90);
      expect(at.length).toBeLessThanOrEqual(width / 90 + 1);
      for (const t of at) expect(toX(scale, t)).toBeGreaterThanOrEqual(0);
    }),
  );
});

test("of a stretch only what is in sight is drawn", () => {
  const scale = timeScale(START, START + 1_000, 1000);
  expect(stretchOf(scale, START - 500, START + 300)).toEqual({ left: 0, width: 300 });
  expect(stretchOf(scale, START + 900, START + 1e12)).toEqual({ left: 900, width: 100 });
  expect(stretchOf(scale, START + 500, START + 500)).toEqual({ left: 500, width: 2 });
  expect(stretchOf(scale, START - 500, START - 300)).toBeUndefined();
  expect(stretchOf(scale, START + 1_300, START + 1_500)).toBeUndefined();
});

test("within a second, parts of a second are counted", () => {
  const { at, unit } = ticks(timeScale(START, START + 1_000, 900), 90);
  expect(unit).toBe("millisecond");
  expect(at.map((t) => t - START)).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000]);
});
