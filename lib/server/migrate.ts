import { resolve } from "node:path";
import pg from "pg";
import { connect } from "./connect.ts";
import {
  asMigrationList,
  checksum,
  type Migration,
  readMigrations,
  readSchema,
} from "./migrations-folder.ts";
import type { DiffTarget } from "./schema-engine.ts";

const FILTERS = { externalTables: [], externalEnums: [] };

/** Where the schema and its migrations lie, as seen from the project's root. */
export interface SchemaFolders {
  schema: string;
  migrations: string;
}

const FOLDERS: SchemaFolders = { schema: "prisma/schema", migrations: "prisma/migrations" };

/**
 * Brings a database to the newest migration, and returns the names of those applied now (none when it was current).
 * Throws where a migration fails, where one that was applied has changed since, and where one is applied that is not here.
 */
export async function applyMigrations(databaseUrl: string, folder = FOLDERS.migrations): Promise<string[]> {
  const migrations = await readMigrations(resolve(folder));
  if (await isCurrent(databaseUrl, migrations)) return [];
  // Loading the engine takes longer than all the rest of a start, hence only when there is something to do.
  const { withSchemaEngine } = await import("./schema-engine.ts");
  const migrationsList = asMigrationList(resolve(folder), migrations);
  const applied = await withSchemaEngine(databaseUrl, { files: [] }, (engine) =>
    engine.applyMigrations({ migrationsList, filters: FILTERS }),
  ).catch((error: unknown) => {
    throw withoutTrace(error);
  });
  return applied.appliedMigrationNames;
}

/** What the engine says of a failure, without the places in its own sources behind it. */
function withoutTrace(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  return new Error(error.message.split(/\n\s+0: /, 1)[0] ?? "", { cause: error });
}

/** The SQL that leads from the migrations to the schema; empty where they match. The database at `scratchUrl` only lends its server. */
export async function pendingSql(scratchUrl: string, folders: SchemaFolders = FOLDERS): Promise<string> {
  const schema = await readSchema(resolve(folders.schema));
  const migrations = await readMigrations(resolve(folders.migrations));
  const { withSchemaEngine } = await import("./schema-engine.ts");
  const from: DiffTarget =
    migrations.length === 0
      ? { tag: "empty" }
      : { tag: "migrations", ...asMigrationList(resolve(folders.migrations), migrations) };
  const to: DiffTarget = { tag: "schemaDatamodel", ...schema };
  const diff = await withSchemaEngine(scratchUrl, schema, (engine) =>
    engine.diff({ from, to, script: true, exitCode: true, filters: FILTERS }),
  );
  return diff.exitCode === 0 ? "" : (diff.stdout ?? "");
}

/** Says whether the migrations lead to exactly what the schema describes. The database at `scratchUrl` only lends its server. */
export async function schemaMatchesMigrations(scratchUrl: string, folders?: SchemaFolders): Promise<boolean> {
  return (await pendingSql(scratchUrl, folders)) === "";
}

async function isCurrent(databaseUrl: string, migrations: readonly Migration[]): Promise<boolean> {
  const client = await connect(databaseUrl);
  try {
    const known = await client.query<{ name: string; checksum: string }>(
      `SELECT migration_name AS name, checksum FROM _prisma_migrations
       WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
    );
    const sums = new Map(known.rows.map((row) => [row.name, row.checksum]));
    const newer = known.rows.find(({ name }) => !migrations.some((migration) => migration.name === name));
    if (newer)
      throw new Error(`it is of a newer version of Unstuck, which applied ${newer.name}. Start that version`);
    return (
      migrations.length === known.rows.length &&
      migrations.every((migration) => sums.get(migration.name) === checksum(migration.sql))
    );
  } catch (error) {
    // 42P01: the table is not there, hence nothing was ever applied.
    if (error instanceof pg.DatabaseError && error.code === "42P01") return migrations.length === 0;
    throw error;
  } finally {
    await client.end();
  }
}
