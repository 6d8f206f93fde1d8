import { describe, expect, it } from "vitest";
import { type ClockSample, clockSample, estimateSkewMs } from "./estimate-skew.ts";

/** Attempts of which something is said every so often, each time with such a lag, ms. */
const live = (lags: readonly number[], step: number): ClockSample[] =>
  lags.map((lag, i) => clockSample({ first: told(0, lags[0]) }, told(i * step, lag)));
/** Attempts of which one thing is said each. */
const alone = (lags: readonly number[], step: number): ClockSample[] =>
  lags.map((lag, i) => clockSample({}, told(i * step, lag)));
const told = (receivedAt: number, lag = 0) => ({ receivedAt, at: receivedAt - lag });
const times = (count: number, lag: (i: number) => number) => Array.from({ length: count }, (_, i) => lag(i));

const HOURS = 3_600_000;

describe("the estimate of a clock", () => {
  it.each<[string, ClockSample[], number]>([
    ["nothing without samples", [], 0],
    ["nothing of a network's delay", live([100, 300, 900, 50, 200], 10_000), 0],
    ["a clock that is ahead, from one message", alone([-2 * HOURS], 0), 2 * HOURS],
    [
      "a clock that is ahead, though more came late in one go",
      [
        ...live(
          times(5, () => -45_000),
          10_000,
        ),
        ...alone(
          times(20, () => HOURS),
          10,
        ),
      ],
      45_000,
    ],
    ["nothing of one slip among many", live([100, -80_000_000, 200, 150, 120], 10_000), 0],
    [
      "a clock that is behind, from what is told live",
      live([7_200_000, 7_200_100, 7_200_050, 7_200_020, 7_200_010], 10_000),
      -7_200_020,
    ],
    [
      "a clock that is behind, though the half of it came after an outage in one go",
      [
        ...alone([600_000, 480_000, 360_000, 240_000, 120_000], 0).map(
          ([received, occurred]): ClockSample => [received, occurred - 2 * HOURS],
        ),
        ...live(
          times(5, () => 2 * HOURS),
          10_000,
        ),
      ],
      -2 * HOURS,
    ],
    [
      "a clock that is behind, in spite of one slip among many",
      live(
        times(20, (i) => (i === 7 ? 100 : 2 * HOURS)),
        10_000,
      ),
      -2 * HOURS,
    ],
    [
      "nothing where messages came with less lag as well",
      [
        ...live(
          times(15, () => 2 * HOURS),
          10_000,
        ),
        ...alone([100, 200, 150], 10_000),
      ],
      0,
    ],
    [
      "nothing of logs that are replayed with the same lag again and again",
      alone(
        times(15, () => HOURS / 2),
        10_000,
      ),
      0,
    ],
    ["nothing of an import", live([9_000_000, 7_000_000, 5_000_000, 3_000_000, 1_000_000], 10), 0],
  ])("tells %s", (_, samples, skew) => {
    expect(Math.round(estimateSkewMs(samples) / 100)).toBe(Math.round(skew / 100));
  });
});
