import { expect, test } from "vitest";
import { between } from "./glide.ts";

const from = { x: 0, y: 0, zoom: 0.25 };
const to = { x: -1_800, y: -700, zoom: 1 };

test("it begins and ends where it should", () => {
  expect(between(from, to, 0, 800, 600)).toEqual(from);
  expect(between(from, to, 1, 800, 600)).toEqual(to);
});

test("half-way the middle of the screen is half-way, and the zoom is between by its ratio", () => {
  const { x, y, zoom } = between(from, to, 0.5, 800, 600);
  expect(zoom).toBeCloseTo(0.5);
  expect((400 - x) / zoom).toBeCloseTo((1_600 + 2_200) / 2);
  expect((300 - y) / zoom).toBeCloseTo((1_200 + 1_000) / 2);
});

test("it begins slowly", () => {
  const { zoom } = between({ ...from, zoom: 1 }, { ...to, zoom: 2 }, 0.1, 800, 600);
  expect(zoom).toBeLessThan(2 ** 0.1);
});
