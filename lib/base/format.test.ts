import { describe, expect, it } from "vitest";
import {
  formatAge,
  formatBytes,
  formatClock,
  formatCount,
  formatDay,
  formatDuration,
  formatDurationExact,
  formatInstant,
  formatQuantity,
  isTimeZone,
  shortId,
  toIsoText,
  toMillis,
} from "./format.ts";

const s = 1_000;
const min = 60 * s;
const h = 60 * min;
const d = 24 * h;

describe("formatDuration", () => {
  it.each([
    [0, "0s"],
    [-5 * s, "0s"],
    [400, "<1s"],
    [41 * s, "41s"],
    [59_999, "59s"],
    [12 * min, "12m"],
    [59 * min + 59 * s, "59m"],
    [h, "1h"],
    [h + 41 * min, "1h 41m"],
    [d, "1d"],
    [3 * d + 4 * h, "3d 4h"],
    [Number.NaN, "unknown"],
  ])("%d ms is %s", (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

describe("formatDurationExact", () => {
  it.each([
    [420, "420ms"],
    [41 * s, "41s"],
    [41 * min + 9 * s, "41m 09s"],
    [h + 41 * min + 5 * s, "1h 41m 05s"],
    [3 * d + 4 * h + 2 * min, "3d 4h 02m"],
    [Number.POSITIVE_INFINITY, "unknown"],
  ])("%d ms is %s", (ms, text) => {
    expect(formatDurationExact(ms)).toBe(text);
  });
});

describe("formatAge", () => {
  const now = Date.parse("2026-11-23T04:16:00Z");

  it.each([
    [0, "just now"],
    [999, "just now"],
    [-2 * s, "just now"],
    [2 * s, "2 s ago"],
    [59 * s, "59 s ago"],
    [4 * min, "4 min ago"],
    [h, "1 h ago"],
    [23 * h + 59 * min, "23 h ago"],
    [d, "1 day ago"],
    [3 * d, "3 days ago"],
    [2_000 * d, "2,000 days ago"],
    [-4 * min, "in 4 min"],
  ])("an age of %d ms is %s", (age, text) => {
    expect(formatAge(now - age, now)).toBe(text);
  });

  it("takes instants as text too, and does not pretend to know a bad one", () => {
    expect(formatAge("2026-11-23T04:15:58Z", "2026-11-23T04:16:00Z")).toBe("2 s ago");
    expect(formatAge("yesterday", now)).toBe("at an unknown time");
  });
});

describe("formatBytes", () => {
  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1_000, "1 kB"],
    [4_096, "4.1 kB"],
    [41_300, "41 kB"],
    [999_999, "1 MB"],
    [1_900_000_000, "1.9 GB"],
    [9_960_000, "10 MB"],
    [3e18, "3000 PB"],
    [-1, "unknown"],
  ])("%d is %s", (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe("counts and ids", () => {
  it("groups thousands", () => {
    expect(formatCount(1204)).toBe("1,204");
    expect(formatCount(7)).toBe("7");
    expect(formatCount(Number.NaN)).toBe("unknown");
  });

  it("agrees with its number", () => {
    expect(formatQuantity(1, "node")).toBe("1 node");
    expect(formatQuantity(1204, "node")).toBe("1,204 nodes");
    expect(formatQuantity(0, "retry", "retries")).toBe("0 retries");
  });

  it("keeps four to eight characters of an id", () => {
    expect(shortId("7f3ac1d2-aaaa")).toBe("7f3a");
    expect(shortId("7f3ac1d2-aaaa", 2)).toBe("7f3a");
    expect(shortId("7f3ac1d2-aaaa", 20)).toBe("7f3ac1d2");
    expect(shortId("ab")).toBe("ab");
    expect(shortId("019365a2-7c1e-7abc-8def-0123456789ab")).toBe("89ab");
  });
});

describe("instants", () => {
  const at = "2026-11-23T01:35:00Z";

  it("prints in the zone that it is told", () => {
    expect(formatClock(at, "UTC")).toBe("01:35");
    expect(formatClock(at, "Europe/Paris")).toBe("02:35");
    expect(formatClock(at, "Asia/Kolkata", true)).toBe("07:05:00");
    expect(formatClock("2026-11-23T00:00:00Z", "UTC")).toBe("00:00");
    expect(formatDay("2026-11-23T23:30:00Z", "Asia/Tokyo")).toBe("24 Nov");
    expect(formatInstant(at, "UTC")).toBe("Mon, 23 Nov 2026, 01:35:00 UTC");
  });

  it("says unknown for what is no instant", () => {
    expect(formatClock("soon", "UTC")).toBe("unknown");
    expect(toIsoText("soon")).toBe("soon");
  });

  it("converts both ways", () => {
    expect(toMillis(at)).toBe(1_795_397_700_000);
    expect(toIsoText(1_795_397_700_000)).toBe("2026-11-23T01:35:00.000Z");
  });

  it("knows a time zone from a guess", () => {
    expect(isTimeZone("Europe/Paris")).toBe(true);
    expect(isTimeZone("Mars/Olympus")).toBe(false);
    expect(isTimeZone("")).toBe(false);
  });
});
