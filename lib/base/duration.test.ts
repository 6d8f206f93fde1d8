import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDuration, writeDuration } from "./duration.ts";

describe("a duration that is set", () => {
  it.each([
    [0, "0s"],
    [250, "250ms"],
    [90_000, "1m 30s"],
    [600_000, "10m"],
    [86_400_000, "1d"],
    [90_061_001, "1d 1h 1m 1s 1ms"],
  ])("%d ms is written %s", (ms, text) => {
    expect(writeDuration(ms)).toBe(text);
  });

  it.each([
    ["90s", 90_000],
    ["1m30s", 90_000],
    [" 1.5 h ", 5_400_000],
    ["250ms", 250],
    ["2d 3h", 183_600_000],
    ["", undefined],
    ["90", undefined],
    ["soon", undefined],
    ["5m soon", undefined],
    ["-5m", undefined],
    ["1w", undefined],
  ])("%j is read as %s", (text, ms) => {
    expect(readDuration(text)).toBe(ms);
  });

  it("comes back as it went out", () => {
    fc.assert(fc.property(fc.nat({ max: 2 ** 31 }), (ms) => readDuration(writeDuration(ms)) === ms));
  });
});
