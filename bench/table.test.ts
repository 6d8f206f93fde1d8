import { describe, expect, test } from "vitest";
import { isMet, type Row, ratioOf } from "./row.ts";
import { figureText, tableLines } from "./table.ts";

const row: Row = {
  group: "ingest",
  what: "batches",
  measured: { value: 1500.4, unit: "events/s" },
  reference: { value: 6000, unit: "events/s", what: "COPY" },
  goal: { of: "ratio", is: "at least", limit: 0.5 },
};

describe("a row", () => {
  test("meets a goal of its ratio only where the ratio does", () => {
    expect(ratioOf(row)).toBeCloseTo(0.25);
    expect(isMet(row)).toBe(false);
    expect(isMet({ ...row, measured: { value: 3000, unit: "events/s" } })).toBe(true);
  });

  test("meets a goal of its figure up to the limit itself", () => {
    const latency: Row = {
      ...row,
      measured: { value: 250, unit: "ms" },
      goal: { of: "measured", is: "at most", limit: 250 },
    };
    expect(isMet(latency)).toBe(true);
    expect(isMet({ ...latency, measured: { value: 250.1, unit: "ms" } })).toBe(false);
  });

  test("meets no goal with a figure that is none", () => {
    const { reference: _, ...alone } = row;
    expect(isMet(alone)).toBe(false);
    expect(isMet({ ...row, reference: { value: 0, unit: "events/s", what: "COPY" } })).toBe(false);
    expect(isMet({ ...row, measured: { value: Number.NaN, unit: "events/s" } })).toBe(false);
  });

  test("without a goal neither meets nor misses one", () => {
    const { goal: _, ...free } = row;
    expect(isMet(free)).toBeUndefined();
  });
});

test("figures show what counts of them", () => {
  expect(figureText({ value: 52_345.6, unit: "beats/s" })).toBe("52,346 beats/s");
  expect(figureText({ value: 0.123456, unit: "B" })).toBe("0.123 B");
  expect(figureText({ value: 0, unit: "B" })).toBe("0 B");
  expect(figureText({ value: Number.NaN, unit: "ms" })).toBe("none ms");
});

test("the table is aligned, and notes stand below it by number", () => {
  const lines = tableLines([
    { ...row, notes: ["first", "second"] },
    { group: "list", what: "x", measured: { value: 3, unit: "ms" }, notes: ["third"] },
  ]);
  expect(lines).toEqual([
    "                measured        reference              ratio  goal         met",
    "--------------  --------------  ---------------------  -----  -----------  ---",
    "batches [1][2]  1,500 events/s  6,000 events/s (COPY)  0.25   ratio ≥ 0.5  NO",
    "x [3]           3 ms",
    "[1] first",
    "[2] second",
    "[3] third",
  ]);
});
