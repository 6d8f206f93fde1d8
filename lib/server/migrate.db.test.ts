import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { testDatabase } from "../testing/postgres.ts";
import { applyMigrations, pendingSql, schemaMatchesMigrations } from "./migrate.ts";

const { url } = await testDatabase();
const folder = await mkdtemp(join(tmpdir(), "unstuck-migrate-"));
const folders = { schema: join(folder, "schema"), migrations: join(folder, "migrations") };
afterAll(() => rm(folder, { recursive: true, force: true }));

const SCHEMA = `
  datasource db { 
    provider = "postgresql"
  }
  model Cat {
    id   BigInt @id @default(autoincrement())
    name String
  }`;

async function addMigration(name: string, sql: string): Promise<void> {
  await mkdir(join(folders.migrations, name), { recursive: true });
  await writeFile(join(folders.migrations, name, "migration.sql"), sql);
}

test("the migrations lead to exactly what the schema describes", async () => {
  expect(await pendingSql(url)).toBe("");
});

test("applying twice does nothing the second time", async () => {
  expect(await applyMigrations(url)).toEqual([]);
});

test("a migration is written from the schema, applied once, and then matches it", async () => {
  await mkdir(folders.schema);
  await writeFile(join(folders.schema, "schema.prisma"), SCHEMA);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public");

  const sql = await pendingSql(url, folders);
  expect(sql).toContain(`CREATE TABLE "Cat"`);
  expect(await schemaMatchesMigrations(url, folders)).toBe(false);
  await addMigration("20260101000000_cats", sql);
  expect(await schemaMatchesMigrations(url, folders)).toBe(true);
  expect(await applyMigrations(url, folders.migrations)).toEqual(["20260101000000_cats"]);
  expect(await applyMigrations(url, folders.migrations)).toEqual([]);

  await addMigration("20260102000000_dogs", "CREATE TABLE dogs ();");
  expect(await schemaMatchesMigrations(url, folders)).toBe(false);
  expect(await applyMigrations(url, folders.migrations)).toEqual(["20260102000000_dogs"]);
  const tables = await client.query(
    "SELECT count(*)::int AS n FROM pg_tables WHERE tablename IN ('Cat', 'dogs')",
  );
  expect(tables.rows).toEqual([{ n: 2 }]);

  await addMigration("20260103000000_broken", "CREATE TABLE cats_and_dogs (;");
  await expect(applyMigrations(url, folders.migrations)).rejects.toThrow("syntax error");
  await client.end();
});

test("a database of a newer version is refused, by the name of what this one does not have", async () => {
  const older = join(folder, "older");
  await cp(join(folders.migrations, "20260101000000_cats"), join(older, "20260101000000_cats"), {
    recursive: true,
  });
  await expect(applyMigrations(url, older)).rejects.toThrow(
    "newer version of Unstuck, which applied 20260102000000_dogs",
  );
});

test.each([
  [
    "a port where nobody is",
    (at: URL) => Object.assign(at, { port: "1" }),
    /^no Postgres answers at 127\.0\.0\.1:1 \(.*ECONNREFUSED/,
  ],
  [
    "a host that is none",
    (at: URL) => Object.assign(at, { hostname: "nowhere.invalid" }),
    /^there is no host nowhere\.invalid/,
  ],
  [
    "another password",
    (at: URL) => Object.assign(at, { password: "secret" }),
    /does not let unstuck in: password/,
  ],
  [
    "a database that is not there",
    (at: URL) => Object.assign(at, { pathname: "/lost" }),
    /has no database lost/,
  ],
])("an address with %s is told of in a sentence, without its password", async (_, change, said) => {
  const message = await applyMigrations(change(new URL(url)).href).then(
    String,
    (error: Error) => error.message,
  );
  expect(message).toMatch(said);
  expect(message).toContain("see DATABASE_URL");
  expect(message).not.toContain("secret");
});

test("no scratch database is left behind", async () => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const left = await client.query("SELECT datname FROM pg_database WHERE datname LIKE '%shadow%'");
  await client.end();
  expect(left.rows).toEqual([]);
});
