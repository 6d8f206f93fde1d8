import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../lib/server/command.ts";
import { startEmbeddedPostgres } from "../lib/server/embedded-postgres.ts";
import { pendingSql } from "../lib/server/migrate.ts";

await runCommand(async () => {
  const name = process.argv[2] ?? "";
  if (!/^[a-z][a-z0-9_]*$/.test(name)) {
    throw new Error(
      "Give the migration a name of small letters, digits and underscores: npm run migration -- add_runs",
    );
  }
  const scratch = await mkdtemp(join(tmpdir(), "unstuck-migration-"));
  const postgres = await startEmbeddedPostgres({ dataDir: scratch, durable: false });
  try {
    await writeMigration(name, await pendingSql(postgres.url));
  } finally {
    await postgres.stop();
    await rm(scratch, { recursive: true, force: true });
  }
});

async function writeMigration(name: string, sql: string): Promise<void> {
  if (sql === "") {
    console.log("The migrations already lead to the schema: nothing to write.");
    return;
  }
  const folder = join("prisma", "migrations", `${timestamp()}_${name}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "migration.sql"), sql);
  console.log(`Written: ${join(folder, "migration.sql")}. Read it before you commit it.`);
}

/** Now in UTC, as Prisma names its migrations: 20260131093000. */
function timestamp(): string {
  return new Date().toISOString().replace(/\D/g, "").slice(0, 14);
}
