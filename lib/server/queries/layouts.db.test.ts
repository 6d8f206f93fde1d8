import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { Instant } from "../../base/instant.ts";
import { testDatabase } from "../../testing/postgres.ts";
import { database } from "../database.ts";
import { keepLayout } from "./keep-layout.ts";
import { readLayout } from "./read-layout.ts";

const { url } = await testDatabase();
process.env["DATABASE_URL"] = url;
afterAll(() => database().$disconnect());
beforeEach(() => database().$executeRaw`TRUNCATE layout`);

const HOUR = 3_600_000;
const at = (hours: number) => (1_700_000_000_000 + hours * HOUR) as Instant;
const keep = (name: string, hours: number, coordinates = [0, 0], most?: number) =>
  keepLayout(database(), { name, coordinates, at: at(hours) }, most);
const read = async (name: string, hours = 0) => {
  const coordinates = await readLayout(database(), name, at(hours));
  return coordinates && [...coordinates];
};
const names = async () => {
  const rows = await database().$queryRaw<{ shape: string }[]>`SELECT shape FROM layout ORDER BY shape`;
  return rows.map((row) => row.shape);
};

describe("a layout that is offered", () => {
  it("is kept and read to the tenth of a pixel; of a shape that is not known nothing is", async () => {
    expect(await keep("a", 0, [0, -1.26, 242.04, 1e6])).toBe(true);
    expect(await read("a")).toEqual([0, -1.3, 242, 1_000_000]);
    expect(await read("b")).toBeUndefined();
  });

  it("stays, whoever offers another", async () => {
    expect(await keep("a", 0, [1, 1])).toBe(true);
    expect(await keep("a", 1, [2, 2])).toBe(false);
    expect(await read("a")).toEqual([1, 1]);
  });

  it("is one even where many offer theirs at once", async () => {
    const kept = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => keep("a", 0, [n, n])));
    expect(kept.filter(Boolean)).toHaveLength(1);
    expect(await read("a")).toEqual([kept.indexOf(true) + 1, kept.indexOf(true) + 1]);
  });

  it("makes room by those that were used longest ago", async () => {
    await keep("first", 0);
    await keep("second", 2);
    await read("first", 3);
    await keep("third", 4, [0, 0], 2);
    expect(await names()).toEqual(["first", "third"]);
  });
});

it("a use is noted once an hour, so that reading seldom writes", async () => {
  const version = async () =>
    (await database().$queryRaw<{ xmin: string }[]>`SELECT xmin::text FROM layout`)[0]?.xmin;
  await keep("a", 0);
  const before = await version();
  await read("a", 0.9);
  expect(await version()).toBe(before);
  await read("a", 1.1);
  expect(await version()).not.toBe(before);
});
