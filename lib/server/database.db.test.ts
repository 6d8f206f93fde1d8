import { expect, it } from "vitest";
import { testDatabase } from "../testing/postgres.ts";
import { openDatabase } from "./database.ts";

const { url } = await testDatabase();

it("a transaction waits for a connection as long as others need theirs", async () => {
  const db = openDatabase(url, 1);
  const order: string[] = [];
  const other = db.$queryRaw`SELECT 1 FROM pg_sleep(2.5)`.then(() => order.push("another's statement"));
  await db.$transaction(async () => order.push("the transaction"));
  await other;
  expect(order).toEqual(["another's statement", "the transaction"]);
  await db.$disconnect();
});
