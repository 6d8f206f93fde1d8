import { PrismaPg } from "@prisma/adapter-pg";
import { readEnv } from "./env.ts";
import { PrismaClient } from "./prisma/client.ts";
import { processWide } from "./process-wide.ts";

export type Database = PrismaClient;
/** What a statement can run on: the client, or a transaction of it. */
export type Statements = Pick<PrismaClient, "$queryRaw" | "$executeRaw">;

/** A transaction of the client. */
export type Transaction = Parameters<Parameters<PrismaClient["$transaction"]>[0]>[0];

/** For so long, ms, a transaction may wait for a connection: large runs are read by all there are. Prisma's own 2 s fail it. */
const LONGEST_WAIT = 60_000;

/** Opens a pool of its own, of `most` connections, for threads, tests and commands; close it with `$disconnect`. */
export function openDatabase(url: string, most = 12): Database {
  return new PrismaClient({
    adapter: new PrismaPg({ connectionString: url, max: most }),
    transactionOptions: { maxWait: LONGEST_WAIT },
  });
}

/** The process's own pool, on DATABASE_URL: the launcher sets it before anything asks. */
export function database(): Database {
  return processWide("database", () => openDatabase(databaseUrl()));
}

/** Where the process's database is. Throws where nobody has set it. */
export function databaseUrl(): string {
  const url = readEnv().DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is not set: start the server with npm start");
  return url;
}
