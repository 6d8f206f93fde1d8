import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { startEmbeddedPostgres } from "../server/embedded-postgres.ts";
import { childEnv } from "../server/env.ts";
import { applyMigrations } from "../server/migrate.ts";
import { postgresAccount } from "../server/postgres-account.ts";
import { postgresPrograms } from "../server/postgres-programs.ts";

/** A Postgres that can be killed and comes again at the same address, as one that a supervisor keeps. */
export interface KillablePostgres {
  readonly url: string;
  /** Ends every process of it with SIGKILL, in one go: nothing is flushed, nobody is told. Linux only. */
  kill(): Promise<void>;
  /** Starts it on what lies there, and waits until it has recovered. */
  start(): Promise<void>;
  /** Ends it and removes its data. */
  remove(): Promise<void>;
}

/** Starts one with a cluster of its own, migrated, that keeps what it acknowledged as in production. */
export async function killablePostgres(): Promise<KillablePostgres> {
  const dataDir = await mkdtemp(join(tmpdir(), "unstuck-killed-"));
  const first = await startEmbeddedPostgres({ dataDir, durable: true });
  const { url } = first;
  await applyMigrations(url);
  await first.stop();
  const data = join(dataDir, "postgres");
  const programs = postgresPrograms();
  const account = await postgresAccount(data, [data, programs.postgres]);
  let child: ChildProcess | undefined;

  const start = async () => {
    const settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "timezone=UTC", "fsync=on"];
    const [program = "", ...args] = [
      ...[...account.prefix, programs.postgres, "-D", data, "-p", new URL(url).port],
      ...settings.flatMap((setting) => ["-c", setting]),
    ];
    const started = spawn(program, args, {
      ...account.spawnAs,
      cwd: "/",
      stdio: "ignore",
      env: childEnv({ LC_ALL: "C" }),
    });
    child = started;
    while (!(await answers(url))) {
      if (started.exitCode !== null) throw new Error("Postgres did not come again");
      await sleep(20);
    }
  };
  const kill = async () => {
    const killed = child;
    if (killed?.pid === undefined || killed.exitCode !== null || killed.signalCode !== null) return;
    const ended = once(killed, "exit");
    // Stopped first, so that it starts no child that we would miss.
    process.kill(killed.pid, "SIGSTOP");
    const all = [killed.pid, ...(await childrenOf(killed.pid))];
    for (const pid of all) process.kill(pid, "SIGKILL");
    await ended;
  };
  await start();
  return {
    url,
    start,
    kill,
    remove: async () => {
      await kill();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.query("SELECT 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

/** The processes that a process started and that live. */
async function childrenOf(parent: number): Promise<number[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, "utf8").catch(() => "")));
  // Behind the name, which may hold blanks and brackets: the state, then the parent.
  return pids
    .filter((_, i) => Number(stats[i]?.slice((stats[i]?.lastIndexOf(")") ?? 0) + 2).split(" ")[1]) === parent)
    .map(Number);
}
