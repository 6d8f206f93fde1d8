import { beforeAll, expect, it, vi } from "vitest";
import { problem } from "../contract/problem.ts";
import { testDatabase } from "../testing/postgres.ts";
import { prepareJobs } from "./background.ts";
import { database } from "./database.ts";
import { responding } from "./respond.ts";

const { url } = await testDatabase();
process.env["DATABASE_URL"] = url;
const told = vi.spyOn(console, "error").mockImplementation(() => {});
beforeAll(() => prepareJobs(url));

const failing = () => responding(() => Promise.reject(new Error("secret words of a driver")));

it("answers a slip of ours with 500, and a database that is away with 503 and when to come again", async () => {
  const ours = await failing();
  expect(ours.status).toBe(500);
  // As if it were gone: nothing that is asked for is there.
  await database().$executeRaw`ALTER TABLE _prisma_migrations RENAME TO hidden`;
  const away = await failing();
  expect([away.status, away.headers.get("retry-after")]).toEqual([503, "2"]);
  for (const response of [ours, away]) {
    const { error } = problem.parse(await response.json());
    expect(error).not.toContain("secret");
  }
  expect(String(told.mock.calls[0]?.[0])).toContain("secret words of a driver");
  await database().$disconnect();
});
