import { describe, expect, it } from "vitest";
import { nextStop, snapTo, someOf, stopFrom } from "./stops.ts";

const STOPS = [100, 200, 210, 400];

describe("snapTo", () => {
  it.each([
    ["the nearest stop within reach", 203, 10, 200],
    ["the nearest of two", 206, 10, 210],
    ["where it is, when none is near", 300, 10, 300],
    ["the first, from before it", 95, 10, 100],
    ["the last, from behind it", 410, 10, 400],
    ["a stop that is just within reach", 110, 10, 100],
    ["not one that is just beyond", 111, 10, 111],
  ])("goes to %s", (_, at, reach, to) => {
    expect(snapTo(STOPS, at, reach)).toBe(to);
  });

  it("stays where there are no stops", () => {
    expect(snapTo([], 5, 100)).toBe(5);
  });
});

describe("stopFrom", () => {
  it.each([
    [200, 1, 210],
    [150, 1, 200],
    [200, -1, 100],
    [205, -1, 200],
    [100, 2, 210],
    [400, -3, 100],
    [400, 1, undefined],
    [100, -1, undefined],
  ])("from %i by %i is %s", (at, by, to) => {
    expect(stopFrom(STOPS, at, by)).toBe(to);
  });
});

describe("nextStop", () => {
  it("is where time alone changes the answer, when that comes first", () => {
    expect(nextStop(STOPS, 210, 300, 1)).toBe(300);
    expect(nextStop(STOPS, 210, 500, 1)).toBe(400);
    expect(nextStop(STOPS, 210, null, 1)).toBe(400);
    expect(nextStop(STOPS, 400, 500, 1)).toBe(500);
    expect(nextStop(STOPS, 400, null, 1)).toBeUndefined();
  });

  it("does not follow each small change, nor passes a stop over", () => {
    expect(nextStop(STOPS, 210, 215, 50)).toBe(260);
    expect(nextStop(STOPS, 210, 215, 500)).toBe(400);
  });
});

it("takes some of many, evenly, the last among them", () => {
  expect(someOf([1, 2, 3, 4, 5], 10)).toEqual([1, 2, 3, 4, 5]);
  expect(someOf([1, 2, 3, 4, 5, 6, 7], 3)).toEqual([1, 4, 7]);
  expect(someOf([], 3)).toEqual([]);
});
