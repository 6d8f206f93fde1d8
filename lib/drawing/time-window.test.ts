import fc from "fast-check";
import { expect, test } from "vitest";
import {
  clipParts,
  fitWindow,
  LEAST_SPAN,
  MOST_SPAN,
  panWindow,
  pinchWindow,
  readWindow,
  windowAtEdge,
  writeWindow,
  zoomWindow,
} from "./time-window.ts";

const START = Date.UTC(2026, 10, 23, 22, 4);
const HOUR = 3_600_000;
const whole = { from: START, to: START + 6 * HOUR };

test("what is under the pointer stays there while one zooms", () => {
  const share = fc.double({ min: 0.3, max: 0.7, noNaN: true });
  fc.assert(
    fc.property(share, fc.double({ min: 1, max: 50, noNaN: true }), (part, factor) => {
      const at = whole.from + part * 6 * HOUR;
      const near = zoomWindow(whole, at, factor, whole);
      expect((at - near.from) / (near.to - near.from)).toBeCloseTo(part, 6);
    }),
  );
});

test("one zooms from a month to a second, and no further", () => {
  expect(zoomWindow(whole, START + HOUR, 1e9, whole)).toSatisfy(({ from, to }) => to - from === LEAST_SPAN);
  expect(zoomWindow(whole, START + HOUR, 1e-9, whole)).toSatisfy(({ from, to }) => to - from === MOST_SPAN);
  // At the limit, too, what is under the pointer stays there.
  expect(zoomWindow(whole, START + HOUR, 1e9, whole).from).toBeCloseTo(START + HOUR - LEAST_SPAN / 6, 1);
  const long = { from: START, to: START + 2 * MOST_SPAN };
  expect(fitWindow(long, long)).toEqual(long);
});

test("what is under two fingers stays under them, however they move", () => {
  const width = 600;
  const place = (at: number, { from, to }: typeof whole) => ((at - from) / (to - from)) * width;
  const under = (x: number) => whole.from + (x / width) * 6 * HOUR;
  const left = fc.double({ min: 200, max: 260, noNaN: true });
  const right = fc.double({ min: 340, max: 400, noNaN: true });
  fc.assert(
    fc.property(left, right, left, right, (a, b, thenA, thenB) => {
      const next = pinchWindow(whole, [a, b], [thenA, thenB], width, whole);
      expect(place(under(a), next)).toBeCloseTo(thenA, 3);
      expect(place(under(b), next)).toBeCloseTo(thenB, 3);
    }),
  );
});

test("fingers on top of each other zoom no further than they are seen to move", () => {
  const near = pinchWindow(whole, [300, 300], [300, 348], 600, whole);
  expect(near.to - near.from).toBe(3 * HOUR);
});

test("no pan leaves the run out of sight", () => {
  const hour = { from: START, to: START + HOUR };
  expect(panWindow(hour, 1, whole)).toEqual({ from: START + HOUR, to: START + 2 * HOUR });
  fc.assert(
    fc.property(fc.double({ min: -1e4, max: 1e4, noNaN: true }), (share) => {
      const { from, to } = panWindow(hour, share, whole);
      expect(to - from).toBeCloseTo(HOUR, 3);
      expect(to).toBeGreaterThan(whole.from);
      expect(from).toBeLessThan(whole.to);
    }),
  );
});

test("the edges of the run are a key away", () => {
  const hour = { from: START + 2 * HOUR, to: START + 3 * HOUR };
  expect(windowAtEdge(hour, "start", whole)).toEqual({ from: START, to: START + HOUR });
  expect(windowAtEdge(hour, "end", whole)).toEqual({ from: START + 5 * HOUR, to: START + 6 * HOUR });
});

test("a window survives being written and read", () => {
  expect(readWindow(writeWindow(whole))).toEqual(whole);
});

test.each(["", "~", "yesterday~today", "2026-11-23T03:00:00Z~2026-11-23T02:00:00Z", "2026-11-23T03:00:00Z"])(
  "%j is no window",
  (text) => expect(readWindow(text)).toBeUndefined(),
);

test("of a long bar only what the window shows is drawn", () => {
  const parts = [
    { from: 0, to: 0.5, kind: "beat" },
    { from: 0.5, to: 0.75, kind: "gap" },
    { from: 0.75, to: 1, kind: "beat" },
  ];
  const clipped = clipParts(parts, { from: 0, to: 1000 }, { from: 250, to: 650 });
  expect(clipped?.bar).toEqual({ from: 250, to: 650 });
  expect(clipped?.parts).toEqual([
    { from: 0, to: 0.625, kind: "beat" },
    { from: 0.625, to: 1, kind: "gap" },
  ]);
  expect(clipParts(parts, { from: 0, to: 1000 }, { from: 2000, to: 3000 })).toBeUndefined();
});
