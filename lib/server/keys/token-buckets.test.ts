import { expect, test } from "vitest";
import { TokenBuckets } from "./token-buckets.ts";

const takeAll = (buckets: TokenBuckets, id: string, at: number) => {
  let taken = 0;
  while (buckets.take(id, at) === 0) taken += 1;
  return taken;
};

test("a bucket gives what it holds at once, and then as fast as it fills", () => {
  const buckets = new TokenBuckets(10, 50);
  expect(takeAll(buckets, "a", 0)).toBe(50);
  expect(takeAll(buckets, "a", 1_000)).toBe(10);
  expect(takeAll(buckets, "a", 1_050)).toBe(0);
  expect(takeAll(buckets, "a", 1_100)).toBe(1);
});

test("it never holds more than its brim", () => {
  const buckets = new TokenBuckets(10, 50);
  takeAll(buckets, "a", 0);
  expect(takeAll(buckets, "a", 3_600_000)).toBe(50);
});

test("what a request held is paid afterwards, and the next one is told how long that takes", () => {
  const buckets = new TokenBuckets(100, 200);
  expect(buckets.take("a", 0)).toBe(0);
  buckets.charge("a", 999, 0);
  expect(buckets.take("a", 0)).toBe(9);
  expect(buckets.take("a", 7_999)).toBe(1);
  expect(buckets.take("a", 8_020)).toBe(0);
});

test("keys do not pay for each other", () => {
  const buckets = new TokenBuckets(1, 1);
  expect(buckets.take("a", 0)).toBe(0);
  expect(buckets.take("a", 0)).toBe(1);
  expect(buckets.take("b", 0)).toBe(0);
});
