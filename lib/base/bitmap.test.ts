import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Bitmap, bucketsOf, bucketsSet, moved, NO_BEATS, setBit, withBuckets } from "./bitmap.ts";

const HOUR = 720;

/** What attempts do: beat evenly, skip, falter, and be told of long before or after. */
const stretch = fc.record({
  from: fc.integer({ min: -200, max: 2_000 }),
  every: fc.constantFrom(1, 2, 2, 3, 12, 50),
  turns: fc.integer({ min: 1, max: 60 }),
});
const buckets = fc
  .array(
    fc.oneof(
      stretch.map(({ from, every, turns }) => Array.from({ length: turns }, (_, i) => from + i * every)),
      fc.array(fc.integer({ min: -200, max: 2_000 }), { maxLength: 8 }),
      fc.integer({ min: -(10 ** 10), max: 10 ** 11 }).map((far) => [far]),
    ),
    { maxLength: 6 },
  )
  .map((lists) => lists.flat());

/** The buckets as they were given, split at random. */
const given = buckets.chain((all) =>
  fc.record({
    all: fc.constant(all),
    order: fc.shuffledSubarray(all, { minLength: all.length }),
    again: fc.subarray(all),
    together: fc.integer({ min: 1, max: 80 }),
  }),
);

const ascending = (list: readonly number[]) => [...new Set(list)].sort((a, b) => a - b);

function gathered(list: readonly number[], together: number): Bitmap {
  let bitmap = NO_BEATS;
  for (let i = 0; i < list.length; i += together) bitmap = withBuckets(bitmap, list.slice(i, i + together));
  return bitmap;
}

describe("a set of buckets", () => {
  it("holds what was put into it, in the same bytes in every order, batching and repetition", () => {
    fc.assert(
      fc.property(given, ({ all, order, again, together }) => {
        const bitmap = gathered([...order, ...again], together);
        expect(bucketsOf(bitmap)).toEqual(ascending(all));
        expect(bitmap).toEqual(gathered(ascending(all), 1));
        expect(bitmap).toEqual(withBuckets(NO_BEATS, all));
      }),
      { numRuns: 400 },
    );
  });

  it("is the same set where nothing is added", () => {
    fc.assert(
      fc.property(buckets, (all) => {
        const bitmap = withBuckets(NO_BEATS, all);
        expect(withBuckets(bitmap, all)).toBe(bitmap);
      }),
    );
  });

  it("takes at most a bit for each bucket between its first and its last, and a few bytes", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 800 }), (distances) => {
        let last = 70_000_000;
        const all = [last, ...distances.map((distance) => (last += distance))];
        const span = last - 70_000_000;
        expect(withBuckets(NO_BEATS, all).length).toBeLessThanOrEqual(Math.ceil(span / 8) + 8);
      }),
    );
  });

  it("takes a few bytes for hours of an even beat, and for a silence in them", () => {
    const even = (from: number, hours: number) =>
      Array.from({ length: (hours * HOUR) / 2 }, (_, i) => from + 2 * i);
    const three = withBuckets(NO_BEATS, even(70_000_000, 3));
    expect(three.length).toBeLessThanOrEqual(8);
    expect(withBuckets(three, even(70_000_000 + 4 * HOUR, 24)).length).toBeLessThanOrEqual(16);
  });

  it("moves as a whole, and back", () => {
    fc.assert(
      fc.property(buckets, fc.integer({ min: -1e9, max: 1e9 }), (all, by) => {
        const bitmap = withBuckets(NO_BEATS, all);
        expect(bucketsOf(moved(bitmap, by))).toEqual(ascending(all).map((bucket) => bucket + by));
        expect(moved(moved(bitmap, by), -by)).toEqual(bitmap);
      }),
    );
  });

  it("tells its buckets by their starts, and knows an instant by the bucket that it falls into", () => {
    const instants = [0, 4_999, 5_000, 12_345, -1];
    const bitmap = instants.reduce(setBit, NO_BEATS);
    expect(bucketsSet(bitmap)).toEqual([-5_000, 0, 5_000, 10_000]);
  });
});
