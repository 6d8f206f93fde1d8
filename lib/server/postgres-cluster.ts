import { execFile } from "node:child_process";
import { chmod, chown, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { childEnv } from "./env.ts";
import { makeFolderFor, type PostgresAccount } from "./postgres-account.ts";
import type { PostgresPrograms } from "./postgres-programs.ts";

const run = promisify(execFile);

/** The major version whose files the programs can read. */
const MAJOR = "18";

/**
 * Fills the folder `data` with an empty cluster where there is none, and returns the password of its user.
 * A start that is cut off half-way leaves nothing that looks like a cluster.
 */
export async function initialisePostgres(given: {
  dataDir: string;
  data: string;
  user: string;
  account: PostgresAccount;
  programs: PostgresPrograms;
  durable: boolean;
  newPassword: (dataDir: string) => Promise<string>;
}): Promise<string> {
  const { dataDir, data, account } = given;
  const version = (await readFile(join(data, "PG_VERSION"), "utf8").catch(() => "")).trim();
  if (version === MAJOR) {
    const password = await readFile(join(dataDir, "postgres-password"), "utf8").catch(() => {
      throw new Error(
        `The password file postgres-password is missing from ${dataDir}. Put it back, or set UNSTUCK_DATA_DIR ` +
          "to a new folder.",
      );
    });
    return password.trim();
  }
  if (version !== "") {
    throw new Error(
      `The data in ${data} was written by Postgres ${version}, but this is Postgres ${MAJOR}. ` +
        "Set UNSTUCK_DATA_DIR to a new folder, or use the version of Unstuck that wrote it.",
    );
  }
  const draft = `${data}.new`;
  await rm(draft, { recursive: true, force: true });
  await makeFolderFor(account, draft);
  const password = await given.newPassword(dataDir);
  await initdb({ ...given, draft, password });
  await rename(draft, data);
  return password;
}

async function initdb(given: {
  draft: string;
  user: string;
  password: string;
  account: PostgresAccount;
  programs: PostgresPrograms;
  durable: boolean;
}): Promise<void> {
  const { account } = given;
  const folder = await mkdtemp(join(tmpdir(), "unstuck-initdb-"));
  const passwordFile = join(folder, "password");
  try {
    await writeFile(passwordFile, `${given.password}\n`, { mode: 0o600 });
    if (account.owner) {
      await chown(passwordFile, account.owner.uid, account.owner.gid);
      await chmod(folder, 0o711);
    }
    const [program = "", ...args] = [
      ...account.prefix,
      given.programs.initdb,
      `--pgdata=${given.draft}`,
      `--username=${given.user}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      // The same order of texts on every machine, whatever locales it has.
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--no-instructions",
      ...(given.durable ? [] : ["--no-sync"]),
    ];
    await run(program, args, { ...account.spawnAs, cwd: "/", env: childEnv({ LC_ALL: "C" }) });
  } catch (error) {
    const detail = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : String(error);
    throw new Error(`Postgres could not set up ${given.draft}: ${detail}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
