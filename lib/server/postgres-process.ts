import { type ChildProcess, spawn } from "node:child_process";
import { open, readFile, rm, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { platform } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { childEnv } from "./env.ts";
import type { PostgresAccount } from "./postgres-account.ts";
import type { PostgresPrograms } from "./postgres-programs.ts";
import { processCommand } from "./process-identity.ts";

/** How often the server's state file is looked at, in ms. */
const LOOK_EVERY = 10;
/** How long a server may take to start (it may have to recover) or to stop, in ms. */
const PATIENCE = 60_000;
/** A log longer than this is begun anew at the next start, in bytes. */
const LONGEST_LOG = 8 * 1024 ** 2;

/**
 * Runs Postgres and stops it when its standard input closes, which happens when the launcher ends in whatever way:
 * so that not even SIGKILL leaves a server behind. Exits as Postgres does.
 */
const GUARD = `
"$@" &
server=$!
exec 3<&0 </dev/null
( read -r _ <&3; kill -INT $server ) 2>/dev/null &
guard=$!
exec 3<&-
wait $server
status=$?
kill $guard 2>/dev/null
exit $status`;

/** A running server. */
export interface PostgresProcess {
  port: number;
  /** Settles when the server has ended, asked or not. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

/** What postmaster.pid says, or undefined where there is none (or not yet all of it). */
export async function readPidFile(
  data: string,
): Promise<{ pid: number; port: number; ready: boolean } | undefined> {
  const text = await readFile(join(data, "postmaster.pid"), "utf8").catch(() => "");
  const lines = text.split("\n");
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number(lines[3] ?? 0), ready: lines[7]?.trim() === "ready" };
}

/** Stops a server that outlived the process which started it, and removes the traces of one that was killed. */
export async function stopLeftover(data: string): Promise<void> {
  const left = await readPidFile(data);
  if (left === undefined) return;
  const isOurs = async () => {
    const command = await processCommand(left.pid);
    return command?.includes("postgres") === true && command.includes(data);
  };
  // Fast shutdown first; immediate shutdown for one that does not react.
  for (const signal of ["SIGINT", "SIGQUIT"] as const) {
    if (!(await isOurs())) break;
    process.kill(left.pid, signal);
    for (let waited = 0; waited < PATIENCE / 4 && (await isOurs()); waited += LOOK_EVERY)
      await sleep(LOOK_EVERY);
  }
  if (await isOurs()) {
    throw new Error(
      `A Postgres from an earlier start (process ${left.pid}) does not stop. End it and try again.`,
    );
  }
  // The number may belong to another program by now, which Postgres would mistake for itself.
  await rm(join(data, "postmaster.pid"), { force: true });
}

/** Starts the server on a free port and waits until it accepts connections. */
export async function launchPostgres(given: {
  data: string;
  account: PostgresAccount;
  programs: PostgresPrograms;
  durable: boolean;
  log: string;
}): Promise<PostgresProcess> {
  const tooLong = await stat(given.log).then(
    ({ size }) => size > LONGEST_LOG,
    () => false,
  );
  for (let tries = 1; ; tries += 1) {
    const port = await freePort();
    const log = await open(given.log, tooLong && tries === 1 ? "w" : "a", 0o600);
    const { size } = await log.stat();
    try {
      const child = startChild(given, port, log.fd);
      if (await becomesReady(child, given.data)) return asProcess(child, port);
      const said = (await readFile(given.log, "utf8")).slice(size).trim();
      // Someone else may have taken the port between our asking and the server's.
      if (tries < 3 && said.includes("could not bind")) continue;
      throw new Error(
        `Postgres did not start on ${given.data}. It said:\n${said.split("\n").slice(-12).join("\n")}`,
      );
    } finally {
      await log.close();
    }
  }
}

function startChild(
  given: { data: string; account: PostgresAccount; programs: PostgresPrograms; durable: boolean },
  port: number,
  logFd: number,
): ChildProcess {
  const server = [
    ...given.account.prefix,
    given.programs.postgres,
    ...["-D", given.data, "-p", String(port)],
    ...settings(given.durable).flatMap((setting) => ["-c", setting]),
  ];
  const guarded = platform() === "win32" ? server : ["/bin/sh", "-c", GUARD, "postgres-guard", ...server];
  const [program = "", ...args] = guarded;
  return spawn(program, args, {
    ...given.account.spawnAs,
    stdio: ["pipe", logFd, logFd],
    // A process group of its own, so that Ctrl-C in the terminal reaches us and not Postgres.
    detached: platform() !== "win32",
    cwd: platform() === "win32" ? undefined : "/",
    env: childEnv({ LC_ALL: "C" }),
    windowsHide: true,
  });
}

function settings(durable: boolean): string[] {
  return [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "timezone=UTC",
    "log_timezone=UTC",
    "log_checkpoints=off",
    "max_connections=100",
    "wal_level=minimal",
    "max_wal_senders=0",
    "wal_compression=on",
    "max_wal_size=2GB",
    "checkpoint_timeout=15min",
    "random_page_cost=1.1",
    // Our queries are short; compiling them costs more than it gains.
    "jit=off",
    "idle_in_transaction_session_timeout=5min",
    ...(durable
      ? ["shared_buffers=256MB", "work_mem=16MB", "maintenance_work_mem=128MB"]
      : ["shared_buffers=64MB", "fsync=off", "synchronous_commit=off", "full_page_writes=off"]),
  ];
}

async function becomesReady(child: ChildProcess, data: string): Promise<boolean> {
  let over = false;
  child.once("exit", () => {
    over = true;
  });
  child.once("error", () => {
    over = true;
  });
  for (let waited = 0; waited < PATIENCE && !over; waited += LOOK_EVERY) {
    await sleep(LOOK_EVERY);
    if ((await readPidFile(data))?.ready) return true;
  }
  child.stdin?.end();
  return false;
}

function asProcess(child: ChildProcess, port: number): PostgresProcess {
  const ended = new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once("exit", () => resolve());
  });
  child.stdin?.on("error", () => {});
  return {
    port,
    ended,
    stop: async () => {
      if (platform() === "win32") child.kill();
      else child.stdin?.end();
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => {
        if (address !== null && typeof address === "object") resolve(address.port);
        else reject(new Error("No free port was found."));
      });
    });
  });
}
