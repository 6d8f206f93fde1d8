import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { claimDataDir } from "./data-dir-lock.ts";
import { letPass, postgresAccount } from "./postgres-account.ts";
import { initialisePostgres } from "./postgres-cluster.ts";
import { launchPostgres, readPidFile, stopLeftover } from "./postgres-process.ts";
import { postgresPrograms } from "./postgres-programs.ts";

const DATABASE = "unstuck";
const USER = "unstuck";

/** A Postgres server that runs beside us. */
export interface EmbeddedPostgres {
  /** Where to connect. Holds the password: never print it. */
  url: string;
  /** The folder that holds everything, as an absolute path. */
  dataDir: string;
  /** False where another process owns the server and we only use it. */
  owned: boolean;
  /** Settles when the server ends, asked or not; never for a server that another process owns. */
  ended: Promise<void>;
  /** Stops the server and gives the folder free; does nothing to a server that another process owns. */
  stop(): Promise<void>;
}

/** Another process has the data folder. */
export class DataDirInUseError extends Error {
  override name = "DataDirInUseError";
}

/**
 * Starts Postgres on a folder, which is filled the first time and kept. Listens on 127.0.0.1 only, on a free port,
 * with a random password that is kept in the folder. What a crashed predecessor left behind is cleaned up.
 *
 * `durable: false` trades safety at power loss for speed (tests). `whenRunning` says what to do where another living
 * process already runs the folder's server: `refuse` throws DataDirInUseError, `share` uses that server.
 */
export async function startEmbeddedPostgres(options: {
  dataDir: string;
  durable?: boolean;
  whenRunning?: "refuse" | "share";
}): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  const durable = options.durable ?? true;
  await mkdir(dataDir, { recursive: true, mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      `The data folder ${dataDir} cannot be made (${error.code}). Set UNSTUCK_DATA_DIR to another.`,
    );
  });
  await letPass(dataDir);
  const claim = await claimDataDir(dataDir).catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      `The data folder ${dataDir} cannot be written to (${error.code}). Set UNSTUCK_DATA_DIR to another.`,
    );
  });
  if (claim.kind === "held") {
    if (options.whenRunning === "share") return shareRunning(dataDir, claim.pid);
    throw new DataDirInUseError(
      `The data in ${dataDir} is in use by another Unstuck (process ${claim.pid}). ` +
        "Stop it first, or set UNSTUCK_DATA_DIR to another folder.",
    );
  }
  try {
    const programs = postgresPrograms();
    const data = join(dataDir, "postgres");
    await stopLeftover(data);
    const account = await postgresAccount(data, [data, programs.postgres]);
    const password = await initialisePostgres({
      dataDir,
      data,
      user: USER,
      account,
      programs,
      durable,
      newPassword,
    });
    const server = await launchPostgres({
      data,
      account,
      programs,
      durable,
      log: join(dataDir, "postgres.log"),
    });
    const url = urlOf(server.port, password);
    await ensureDatabase(urlOf(server.port, password, "postgres")).catch(async (error: unknown) => {
      await server.stop();
      throw error;
    });
    const ended = server.ended.then(claim.release);
    return {
      url,
      dataDir,
      owned: true,
      ended,
      stop: async () => {
        await server.stop();
        await ended;
      },
    };
  } catch (error) {
    await claim.release();
    throw error;
  }
}

async function shareRunning(dataDir: string, pid: number): Promise<EmbeddedPostgres> {
  // The other process may still be starting; ten seconds is ten times what a start takes.
  for (let tries = 0; tries < 200; tries += 1) {
    const running = await readPidFile(join(dataDir, "postgres"));
    const password = await readFile(passwordFile(dataDir), "utf8").catch(() => undefined);
    if (running?.ready && password !== undefined) {
      const url = urlOf(running.port, password.trim());
      const answers = await ensureDatabase(urlOf(running.port, password.trim(), "postgres")).then(
        () => true,
        () => false,
      );
      if (answers) return { url, dataDir, owned: false, ended: new Promise(() => {}), stop: async () => {} };
    }
    await sleep(50);
  }
  throw new DataDirInUseError(
    `The data in ${dataDir} is in use by process ${pid}, whose Postgres does not answer. Stop it and try again.`,
  );
}

function urlOf(port: number, password: string, database = DATABASE): string {
  return `postgresql://${USER}:${password}@127.0.0.1:${port}/${database}`;
}

function passwordFile(dataDir: string): string {
  return join(dataDir, "postgres-password");
}

/** Makes a password that needs no escaping in a URL, and keeps it where only we may read it. */
async function newPassword(dataDir: string): Promise<string> {
  const password = randomBytes(24).toString("base64url");
  await writeFile(passwordFile(dataDir), `${password}\n`, { mode: 0o600 });
  return password;
}

async function ensureDatabase(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [DATABASE]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } catch (error) {
    // Two starts may both find it missing; the second is as content as the first (42P04: it exists).
    if (!(error instanceof pg.DatabaseError && error.code === "42P04")) throw error;
  } finally {
    await client.end();
  }
}
