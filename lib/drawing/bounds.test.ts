import { expect, test } from "vitest";
import { frameOn, smallMap, viewFrom } from "./bounds.ts";

const plane = { x: -500, y: 100, width: 20_000, height: 10_000 };

test("a small map has the proportions of the plane, as far as something is seen", () => {
  expect(smallMap(plane)).toMatchObject({ width: 160, height: 80 });
  expect(smallMap({ ...plane, width: 500_000, height: 62 })).toMatchObject({ width: 240, height: 36 });
  expect(smallMap({ ...plane, width: 190, height: 90_000 })).toMatchObject({ width: 56, height: 100 });
});

test("the frame is what is in view, and moves against the plane", () => {
  const map = smallMap(plane, 0);
  const all = frameOn(map, { x: 4, y: -0.8, zoom: 0.008 }, 160, 80);
  expect([all.x, all.y, all.width, all.height].map(Math.round)).toEqual([0, 0, 160, 80]);
  const view = { x: -5_000 * 0.5, y: -100 * 0.5, zoom: 0.5 };
  const part = frameOn(map, view, 1_000, 500);
  expect(part.x).toBeCloseTo((5_000 + 500) * map.scaleX, 5);
  expect(part.y).toBeCloseTo(0, 5);
  expect(part.width).toBeCloseTo(2_000 * map.scaleX, 5);
});

test("a frame that is far outside, or tiny, is still seen at the map's edge", () => {
  const map = smallMap(plane);
  for (const view of [
    { x: 1e6, y: 1e6, zoom: 1 },
    { x: -1e6, y: -1e6, zoom: 2 },
  ]) {
    const { x, y, width, height } = frameOn(map, view, 900, 600);
    expect(Math.min(x, y, width - 5, height - 5)).toBeGreaterThanOrEqual(0);
    expect(x + width).toBeLessThanOrEqual(map.width);
    expect(y + height).toBeLessThanOrEqual(map.height);
  }
});

test("a press on the map brings that point into the middle", () => {
  const map = smallMap(plane);
  const view = viewFrom(map, 100, 30, 0.7, 900, 600);
  const { x, y, width, height } = frameOn(map, view, 900, 600);
  expect(x + width / 2).toBeCloseTo(100, 5);
  expect(y + height / 2).toBeCloseTo(30, 5);
});
