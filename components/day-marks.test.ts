import { expect, test } from "vitest";
import { dayMarks } from "@/components/day-marks";

const at = (day: number, time: string) => `2026-11-${day}T${time}:00.000Z`;

test("the day is written where it is not the one before, and never for today alone", () => {
  expect(dayMarks([], at(26, "03:00"), "UTC")).toEqual([]);
  expect(dayMarks([at(26, "01:00"), at(26, "02:00")], at(26, "03:00"), "UTC")).toEqual([
    undefined,
    undefined,
  ]);
  expect(
    dayMarks([at(24, "22:00"), at(24, "23:00"), at(25, "00:10"), at(26, "02:00")], at(26, "03:00"), "UTC"),
  ).toEqual(["24 Nov", undefined, "25 Nov", "26 Nov"]);
});

test("days are those of the reader's zone", () => {
  expect(dayMarks([at(25, "23:30")], at(26, "03:00"), "Europe/Berlin")).toEqual([undefined]);
  expect(dayMarks([at(25, "23:30")], at(26, "03:00"), "UTC")).toEqual(["25 Nov"]);
});
