import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "../server/embedded-postgres.ts";
import { generateClient } from "../server/generate-client.ts";
import { applyMigrations } from "../server/migrate.ts";

const TEMPLATE = "unstuck_template";

declare module "vitest" {
  interface ProvidedContext {
    /** The throw-away server, connected to its maintenance database. */
    testServerUrl: string;
    /** The name of a migrated, empty database on it, to which nobody connects. */
    testTemplate: string;
  }
}

/** Starts one throw-away Postgres for all database tests of a run, far from anybody's own data. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await generateClient();
  const dataDir = await mkdtemp(join(tmpdir(), "unstuck-test-"));
  const server = await startEmbeddedPostgres({ dataDir, durable: false });
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query(`CREATE DATABASE ${TEMPLATE}`).finally(() => client.end());
  const template = new URL(server.url);
  template.pathname = `/${TEMPLATE}`;
  await applyMigrations(template.href);
  project.provide("testServerUrl", server.url);
  project.provide("testTemplate", TEMPLATE);
  return async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
