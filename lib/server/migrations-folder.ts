import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { MigrationList, SchemasContainer } from "./schema-engine.ts";

/** One migration as it lies on disk. */
export interface Migration {
  name: string;
  sql: string;
}

/** The migrations of a folder in the order in which they apply; none where the folder is missing. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => ({
      name,
      sql: await readFile(join(folder, name, "migration.sql"), "utf8"),
    })),
  );
}

/** The checksum under which the schema engine remembers a migration's SQL. */
export function checksum(sql: string): string {
  return createHash("sha256").update(sql).digest("hex");
}

/** The same migrations as the schema engine wants them. */
export function asMigrationList(folder: string, migrations: readonly Migration[]): MigrationList {
  return {
    baseDir: folder,
    lockfile: { path: "./migration_lock.toml", content: 'provider = "postgresql"\n' },
    shadowDbInitScript: "",
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok", value: sql } },
    })),
  };
}

/** All files of a multi-file Prisma schema. */
export async function readSchema(folder: string): Promise<SchemasContainer> {
  const names = (await readdir(folder, { recursive: true }))
    .filter((name) => name.endsWith(".prisma"))
    .sort();
  const files = names.map(async (name) => ({
    path: join(folder, name),
    content: await readFile(join(folder, name), "utf8"),
  }));
  return { files: await Promise.all(files) };
}
