import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../server/embedded-postgres.ts";
import { applyMigrations } from "../server/migrate.ts";
import { readPidFile } from "../server/postgres-process.ts";

/** A Postgres with the settings of production, which counts its statements. */
export interface MeasuredPostgres {
  /** The process that all others of it are children of. */
  readonly pid: number;
  /** Makes a database, migrated and empty. */
  database(): Promise<MeasuredDatabase>;
  /** Ends it and removes its data. */
  remove(): Promise<void>;
}

export interface MeasuredDatabase {
  /** Where to connect. Holds the password: never print it. */
  readonly url: string;
  rows<T extends pg.QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<T[]>;
  /** The one number that a query gives. */
  number(sql: string, values?: readonly unknown[]): Promise<number>;
  /** Statements and transactions since it was made, whoever sent them, save those of `rows` and `number`. */
  counts(): Promise<{ statements: number; transactions: number }>;
  /** Reads a text line by line into a column of a table with COPY, and gives how many seconds that took. */
  copy(table: string, column: string, lines: Iterable<string>): Promise<number>;
}

/** Names our own connections, so that they are not counted. */
const OURS = "bench";

export async function measuredPostgres(): Promise<MeasuredPostgres> {
  const dataDir = await mkdtemp(join(tmpdir(), "unstuck-bench-"));
  const server = await countingPostgres(dataDir);
  const { pid } = (await readPidFile(join(dataDir, "postgres"))) ?? { pid: 0 };
  const open: pg.Client[] = [];
  const connect = async (database: string): Promise<{ url: string; client: pg.Client }> => {
    const url = new URL(server.url);
    url.pathname = `/${database}`;
    const client = new pg.Client({ connectionString: url.href, application_name: OURS });
    await client.connect();
    client.on("error", () => {});
    open.push(client);
    return { url: url.href, client };
  };
  const admin = await connect("postgres");
  await admin.client.query("CREATE EXTENSION pg_stat_statements");
  let made = 0;
  return {
    pid,
    database: async () => {
      made += 1;
      const name = `bench_${made}`;
      await admin.client.query(`CREATE DATABASE ${name}`);
      const { url, client } = await connect(name);
      await applyMigrations(url);
      return measured(url, name, client, admin.client, dataDir);
    },
    remove: async () => {
      await Promise.all(open.map((client) => client.end().catch(() => {})));
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The library that counts is loaded at a start only, so there are two. */
async function countingPostgres(dataDir: string): Promise<EmbeddedPostgres> {
  const first = await startEmbeddedPostgres({ dataDir });
  const client = new pg.Client({ connectionString: first.url });
  await client.connect();
  await client.query("ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'");
  await client.end();
  await first.stop();
  return startEmbeddedPostgres({ dataDir });
}

function measured(
  url: string,
  name: string,
  client: pg.Client,
  admin: pg.Client,
  folder: string,
): MeasuredDatabase {
  let ours = 0;
  const rows = async <T extends pg.QueryResultRow>(sql: string, values: readonly unknown[] = []) => {
    ours += 1;
    return (await client.query<T>(sql, [...values])).rows;
  };
  return {
    url,
    rows,
    number: async (sql, values) => {
      const [row] = await rows<Record<string, unknown>>(sql, values);
      return Number(Object.values(row ?? {})[0]);
    },
    counts: async () => {
      const { rows: found } = await admin.query<{ statements: string; transactions: string }>(
        `SELECT (SELECT sum(s.calls) FROM pg_stat_statements s WHERE s.dbid = d.oid) AS statements,
           pg_stat_get_db_xact_commit(d.oid) AS transactions
         FROM pg_database d WHERE d.datname = $1`,
        [name],
      );
      return {
        statements: Number(found[0]?.statements ?? 0) - ours,
        transactions: Number(found[0]?.transactions ?? 0) - ours,
      };
    },
    copy: async (table, column, lines) => {
      // Postgres runs as another user where we are root, and must get at the file.
      const file = join(folder, `${table}.copy`);
      await writeFile(file, escaped(lines));
      await chmod(file, 0o644);
      const began = performance.now();
      await rows(`COPY ${table} (${column}) FROM '${file}'`);
      const seconds = (performance.now() - began) / 1000;
      await rm(file);
      return seconds;
    },
  };
}

/** In COPY's text format a backslash and what ends a line are written with a backslash. */
function* escaped(lines: Iterable<string>): Generator<string> {
  for (const line of lines) {
    yield `${line.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("\t", "\\t")}\n`;
  }
}
