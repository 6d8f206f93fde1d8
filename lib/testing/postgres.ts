import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, inject } from "vitest";

/**
 * Gives the test file a database of its own, migrated and empty, and drops it when the file's tests are over.
 * Call it with `await` at the top of a `*.db.test.ts`. Connections still open at the end are cut.
 */
export async function testDatabase(): Promise<{ url: string }> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await administer(`CREATE DATABASE ${name} TEMPLATE ${inject("testTemplate")}`);
  afterAll(() => administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  const url = new URL(inject("testServerUrl"));
  url.pathname = `/${name}`;
  return { url: url.href };
}

async function administer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject("testServerUrl") });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
