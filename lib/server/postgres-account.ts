import { execFile } from "node:child_process";
import { chmod, chown, mkdir, readFile, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { errorWords } from "../base/error-words.ts";

const run = promisify(execFile);

interface Owner {
  uid: number;
  gid: number;
}

/** How to run a Postgres program: under which account, and behind which command where one is needed. */
export interface PostgresAccount {
  /** Whose the files must be; undefined where we are an ordinary user and they are ours. */
  owner: Owner | undefined;
  /** What to put before a program and its arguments; empty most of the time. */
  prefix: readonly string[];
  /** Options for spawn. */
  spawnAs: Partial<Owner>;
}

/**
 * Postgres refuses to run as root. Where we are root it runs as the owner of the data that is there, or as the
 * user `postgres`, which is created when missing. `paths` are what that account must be able to reach.
 */
export async function postgresAccount(data: string, paths: readonly string[]): Promise<PostgresAccount> {
  if (process.getuid?.() !== 0) return { owner: undefined, prefix: [], spawnAs: {} };
  const owner = (await ownerOf(data)) ?? (await namedUser("postgres")) ?? (await createUser("postgres"));
  const hidden = await unreachable(paths);
  if (hidden === undefined) return { owner, prefix: [], spawnAs: owner };
  // Below a folder such as /root (mode 0700) nobody else gets through; the capability to pass by the permissions
  // gives Postgres no more than we, as root, have anyway.
  const ids = [`--reuid=${owner.uid}`, `--regid=${owner.gid}`, "--clear-groups"];
  const pass = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"];
  const prefix = ["setpriv", ...ids, ...pass, "--"];
  const works = await run("setpriv", [
    ...ids,
    ...pass,
    "--",
    "/bin/sh",
    "-c",
    'test -d "$0"',
    dirname(hidden),
  ]).then(
    () => true,
    () => false,
  );
  if (works) return { owner, prefix, spawnAs: {} };
  throw new Error(
    `Postgres cannot run as root, and the account it runs as cannot enter ${hidden}. ` +
      "Move the project to a folder that other users may enter, run as an ordinary user, " +
      "or set DATABASE_URL to a Postgres of your own.",
  );
}

/** Makes a folder which the Postgres account may write to, and nobody else may read. */
export async function makeFolderFor(account: PostgresAccount, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (account.owner) await chown(folder, account.owner.uid, account.owner.gid);
}

/** Lets other accounts pass through (not list) a folder of ours, where we are root. */
export async function letPass(folder: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const { mode } = await stat(folder);
  if ((mode & 0o001) === 0) await chmod(folder, (mode & 0o777) | 0o011);
}

async function ownerOf(data: string): Promise<Owner | undefined> {
  const found = await stat(data).catch(() => undefined);
  return found === undefined || found.uid === 0 ? undefined : { uid: found.uid, gid: found.gid };
}

async function namedUser(name: string): Promise<Owner | undefined> {
  const users = await readFile("/etc/passwd", "utf8").catch(() => "");
  const match = new RegExp(`^${name}:[^:]*:(\\d+):(\\d+):`, "m").exec(users);
  return match ? { uid: Number(match[1]), gid: Number(match[2]) } : undefined;
}

async function createUser(name: string): Promise<Owner> {
  const failure = await run("useradd", ["--system", "--user-group", "--no-create-home", name]).then(
    () => "it is not in /etc/passwd afterwards",
    errorWords,
  );
  const user = await namedUser(name);
  if (user) return user;
  throw new Error(
    `Postgres cannot run as root, and creating the user "${name}" for it failed: ${failure.trim()}. ` +
      "Run as an ordinary user, or set DATABASE_URL to a Postgres of your own.",
  );
}

/** The first of the paths that lies below a folder which other users may not enter. */
async function unreachable(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
      const found = await stat(folder).catch(() => undefined);
      if (found !== undefined && (found.mode & 0o001) === 0) return path;
    }
  }
  return undefined;
}
