import { expect, test } from "vitest";
import { Durations } from "./spread.ts";

test("the percentiles of durations are those below which so many lie", () => {
  const durations = new Durations();
  for (let ms = 1; ms <= 1000; ms += 1) durations.add(ms);
  const { p50, p95, p99, max } = durations.spread();
  expect(Math.abs(p50 - 500)).toBeLessThan(2);
  expect(Math.abs(p95 - 950)).toBeLessThan(2);
  expect(Math.abs(p99 - 990)).toBeLessThan(2);
  expect(Math.abs(max - 1000)).toBeLessThan(2);
});

test("durations below a millisecond are told apart", () => {
  const durations = new Durations();
  durations.add(0.25);
  expect(Math.abs(durations.spread().p50 - 0.25)).toBeLessThan(0.01);
});

test("of nothing there is no percentile", () => {
  expect(new Durations().spread().p99).toBeNaN();
});
