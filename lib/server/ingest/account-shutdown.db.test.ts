import { afterAll, expect, it } from "vitest";
import { testDatabase } from "../../testing/postgres.ts";
import { startBackgroundWork, stopBackgroundWork } from "../background.ts";
import { openDatabase } from "../database.ts";
import { rememberRefusal } from "./account.ts";

const { url } = await testDatabase();
process.env["DATABASE_URL"] = url;
const db = openDatabase(url);
afterAll(() => db.$disconnect());

it("what was counted is written before the server ends", async () => {
  await startBackgroundWork();
  rememberRefusal({ status: 422, source: "unknown", path: "", reason: "of the last second", body: "{}" });
  expect(await db.refusal.count()).toBe(0);
  await stopBackgroundWork();
  expect((await db.refusal.findMany({})).map(({ reason }) => reason)).toEqual(["of the last second"]);
  expect((await db.sourceHour.findMany({})).map(({ refused }) => refused)).toEqual([1]);
});
