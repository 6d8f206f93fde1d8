import { describe, expect, it } from "vitest";
import { type Instant, instant, parseInstant, toIso } from "./instant.ts";

describe("parseInstant", () => {
  it.each([
    ["2026-01-31T09:30:00Z", "2026-01-31T09:30:00.000Z"],
    ["2026-01-31T09:30:00.123456789Z", "2026-01-31T09:30:00.123Z"],
    ["2026-01-31T09:30:00.5+02:00", "2026-01-31T07:30:00.500Z"],
    ["2026-01-31T09:30:00-0530", "2026-01-31T15:00:00.000Z"],
    ["2026-01-31T09:30", "2026-01-31T09:30:00.000Z"],
    ["2026-01-31", "2026-01-31T00:00:00.000Z"],
    ["2026-01-31T24:00:00Z", "2026-02-01T00:00:00.000Z"],
    ["0050-03-01T00:00:00Z", "0050-03-01T00:00:00.000Z"],
    ["2021-11-03T10:53:52.427343+00:00[UTC]", "2021-11-03T10:53:52.427Z"],
  ])("reads %s", (text, iso) => {
    const at = parseInstant(text);
    expect(at && toIso(at)).toBe(iso);
  });

  it.each([
    "",
    "yesterday",
    "2026-13-01",
    "2026-02-30T00:00:00Z",
    "2026-01-31T24:30:00Z",
    "2026-01-31T09:61:00Z",
    "2026-01-31T09:30:00+99:99",
    "1700000000",
    "0000-12-31T23:59:59Z",
    "0001-01-01T00:00:00+01:00",
    "9999-12-31T23:59:59-01:00",
    "+275760-09-13T00:00:00Z",
  ])("refuses %j", (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });
});

describe("toIso", () => {
  it.each([
    [Date.UTC(9999, 11, 31, 23, 59, 59, 999) + 1, "9999-12-31T23:59:59.999Z"],
    [1e300, "9999-12-31T23:59:59.999Z"],
    [-8e15, "0001-01-01T00:00:00.000Z"],
  ])("writes %s, which was reckoned, as what everybody can read", (ms, iso) => {
    expect(toIso(ms as Instant)).toBe(iso);
  });
});

describe("instant", () => {
  it("refuses what no calendar can show", () => {
    expect(() => instant(Number.NaN)).toThrow(RangeError);
    expect(() => instant(9e15)).toThrow(RangeError);
  });
});
