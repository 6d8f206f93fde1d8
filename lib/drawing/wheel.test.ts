import { expect, test } from "vitest";
import { nearerBy, turnedBy } from "./wheel.ts";

const turn = { deltaX: 0, deltaY: -100, deltaMode: 0, ctrlKey: false };

test("a turn is told in pixels, in whatever the browser counts", () => {
  expect(turnedBy({ ...turn, deltaX: 30 })).toEqual({ x: 30, y: -100 });
  expect(turnedBy({ ...turn, deltaY: 3, deltaMode: 1 })).toEqual({ x: 0, y: 75 });
  expect(turnedBy({ ...turn, deltaY: 1, deltaMode: 2 })).toEqual({ x: 0, y: 400 });
});

test("a turn away leads nearer, and as much back leads back", () => {
  expect(nearerBy(turn, 0.01)).toBe(2);
  expect(nearerBy(turn, 0.01) * nearerBy({ ...turn, deltaY: 100 }, 0.01)).toBe(1);
});

test("with Ctrl a wheel zooms as without, and the small steps of a pinch count for more", () => {
  expect(nearerBy({ ...turn, ctrlKey: true }, 0.002)).toBe(nearerBy(turn, 0.002));
  const small = { ...turn, deltaY: -4 };
  expect(nearerBy({ ...small, ctrlKey: true }, 0.002)).toBeGreaterThan(nearerBy(small, 0.002));
});
