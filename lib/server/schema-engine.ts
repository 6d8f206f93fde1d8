import { randomUUID } from "node:crypto";
import { EventEmitter } from "node:events";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQueryable,
} from "@prisma/driver-adapter-utils";
// Only its types: loading the package's own entry would import a .wasm file, which Node does not do unasked.
import type { DiffTarget, MigrationList, SchemaEngine, SchemasContainer } from "@prisma/schema-engine-wasm";
import pg from "pg";

export type { DiffTarget, MigrationList, SchemaEngine, SchemasContainer };

interface Bindings {
  SchemaEngine: typeof SchemaEngine;
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
}

let loading: Promise<Bindings> | undefined;

/** Postgres's number for its one-byte type "char", which only the system catalogs use, and for text. */
const CHAR = 18;
const TEXT = 25;
/** Marks the name of a column of that type between the two functions below. */
const CHAR_MARK = "\0char";

/**
 * The engine reads one-byte columns whenever it looks at the shape of a database, and insists on their type;
 * Prisma's adapter refuses the type. So the client calls such columns text, with a mark ...
 */
class CatalogClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    const wire: unknown = Reflect.get(this, "connection");
    if (!(wire instanceof EventEmitter))
      throw new Error("The Postgres client keeps its connection elsewhere now.");
    wire.prependListener("rowDescription", (message: { fields: { name: string; dataTypeID: number }[] }) => {
      for (const field of message.fields) {
        if (field.dataTypeID !== CHAR) continue;
        field.dataTypeID = TEXT;
        field.name += CHAR_MARK;
      }
    });
  }
}

/** ... and what comes out of the adapter gets its type back by the mark. */
function restoreChars<T extends SqlQueryable>(queryable: T): T {
  const queryRaw = queryable.queryRaw.bind(queryable);
  queryable.queryRaw = async (query) => {
    const result = await queryRaw(query);
    result.columnNames.forEach((name, column) => {
      if (!name.endsWith(CHAR_MARK)) return;
      result.columnNames[column] = name.slice(0, -CHAR_MARK.length);
      result.columnTypes[column] = ColumnTypeEnum.Character;
    });
    return result;
  };
  return queryable;
}

/**
 * Uses Prisma's schema engine on a database, with the schema files given. It is the engine of the ordinary Prisma
 * command, compiled to WebAssembly, so that nothing has to be downloaded. A shadow database, where the engine wants
 * one, is made beside the given one and dropped, so the account must be allowed to create databases for a diff.
 */
export async function withSchemaEngine<T>(
  databaseUrl: string,
  schema: SchemasContainer,
  use: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  loading ??= load();
  const { SchemaEngine: Engine } = await loading;
  const datamodels = schema.files.map((file): [string, string] => [file.path, file.content]);
  const connections = new Connections(databaseUrl);
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(connections);
    const options = { datamodels: datamodels.length === 0 ? undefined : datamodels };
    const engine = await Engine.new(options, () => {}, adapter);
    try {
      return await use(engine);
    } finally {
      engine.free();
    }
  } finally {
    await connections.close();
  }
}

/**
 * The engine's way to the database. Prisma's own drops its shadow database while it is still connected to it, and
 * after the engine has answered, so that both are done here.
 */
class Connections implements SqlMigrationAwareDriverAdapterFactory {
  readonly provider = "postgres";
  readonly adapterName = "@prisma/adapter-pg";
  readonly #databaseUrl: string;
  readonly #open: SqlDriverAdapter[] = [];
  readonly #shadows: string[] = [];

  constructor(databaseUrl: string) {
    this.#databaseUrl = databaseUrl;
  }

  connect(): Promise<SqlDriverAdapter> {
    return this.#connect({});
  }

  async connectToShadowDb(): Promise<SqlDriverAdapter> {
    const database = `unstuck_shadow_${randomUUID()}`;
    await this.#administer(`CREATE DATABASE "${database}"`);
    this.#shadows.push(database);
    return this.#connect({ database });
  }

  async close(): Promise<void> {
    await Promise.all(this.#open.map((adapter) => adapter.dispose().catch(() => {})));
    for (const shadow of this.#shadows) await this.#administer(`DROP DATABASE "${shadow}" WITH (FORCE)`);
  }

  async #connect(change: { database?: string }): Promise<SqlDriverAdapter> {
    const config = { ...inParts(this.#databaseUrl), ...change, Client: CatalogClient };
    const adapter = await new PrismaPg(config, { onPoolError: () => {} }).connect();
    const startTransaction = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (isolation) => restoreChars(await startTransaction(isolation));
    this.#open.push(adapter);
    return restoreChars(adapter);
  }

  async #administer(sql: string): Promise<void> {
    const client = new pg.Client(inParts(this.#databaseUrl));
    await client.connect();
    await client.query(sql).finally(() => client.end());
  }
}

/** In parts, since a whole address would win over the name of another database given beside it. */
function inParts(databaseUrl: string): pg.ClientConfig {
  const { host, port, user, password, database, ssl } = new pg.Client({ connectionString: databaseUrl });
  return {
    ...{ host, port, ssl },
    ...(user === undefined ? {} : { user }),
    ...(database === undefined ? {} : { database }),
    ...(typeof password === "string" ? { password } : {}),
  };
}

async function load(): Promise<Bindings> {
  const resolve = createRequire(import.meta.url).resolve;
  const glue = resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  // The wasm file is not among the package's exports, but it lies beside what is.
  const compiled = await WebAssembly.compile(await readFile(glue.replace(/\.js$/, ".wasm")));
  const bindings: Bindings & WebAssembly.ModuleImports = await import(
    "@prisma/schema-engine-wasm/schema_engine_bg"
  );
  const instance = await WebAssembly.instantiate(compiled, { "./schema_engine_bg.js": bindings });
  bindings.__wbg_set_wasm(instance.exports);
  const start = instance.exports["__wbindgen_start"];
  if (typeof start !== "function") throw new Error("The schema engine's WebAssembly has no start function.");
  start();
  // Where the engine puts its last words before it dies; Prisma's client, if loaded, has set it already.
  const registry = { set_message: (words: string) => console.error(`The schema engine failed: ${words}`) };
  if (!Reflect.has(globalThis, "PRISMA_WASM_PANIC_REGISTRY")) {
    Reflect.set(globalThis, "PRISMA_WASM_PANIC_REGISTRY", registry);
  }
  return bindings;
}
