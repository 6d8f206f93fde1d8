import pg from "pg";
import { expect, it } from "vitest";
import { testDatabase } from "../testing/postgres.ts";
import { startBackgroundWork, stopBackgroundWork } from "./background.ts";
import { database } from "./database.ts";

const { url } = await testDatabase();
process.env["DATABASE_URL"] = url;

it("background work that is asked to stop while it begins takes no job, and leaves no connection", async () => {
  const begun = startBackgroundWork();
  await stopBackgroundWork();
  await begun;
  await database().$disconnect();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const others = async () => {
    const { rows } = await client.query(
      "SELECT query FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
    return rows;
  };
  await expect.poll(others, { timeout: 10_000 }).toEqual([]);
  await client.end();
});
