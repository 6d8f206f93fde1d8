import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { DataDirInUseError, type EmbeddedPostgres, startEmbeddedPostgres } from "./embedded-postgres.ts";

const dataDir = await mkdtemp(join(tmpdir(), "unstuck-embedded-"));
afterAll(() => rm(dataDir, { recursive: true, force: true }));

const start = (whenRunning: "refuse" | "share" = "refuse") =>
  startEmbeddedPostgres({ dataDir, durable: false, whenRunning });

async function ask(server: EmbeddedPostgres, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  return (await client.query(sql).finally(() => client.end())).rows;
}

test("data is kept over restarts, under a password that only we can read", async () => {
  const first = await start();
  await ask(first, "CREATE TABLE kept AS SELECT 42 AS n");
  await first.stop();
  const second = await start();
  expect(await ask(second, "SELECT n FROM kept")).toEqual([{ n: 42 }]);
  expect(await ask(second, "SHOW listen_addresses")).toEqual([{ listen_addresses: "127.0.0.1" }]);
  await second.stop();
  const password = join(dataDir, "postgres-password");
  expect((await stat(password)).mode & 0o777).toBe(0o600);
  expect(second.url).toContain((await readFile(password, "utf8")).trim());
});

test("a wrong password is refused", async () => {
  const server = await start();
  const wrong = new URL(server.url);
  wrong.password = "postgres";
  const client = new pg.Client({ connectionString: wrong.href });
  await expect(client.connect()).rejects.toThrow("password authentication failed");
  await server.stop();
});

test("while another process runs it, a second start is refused or shares the server", async () => {
  const server = await start();
  await expect(start()).rejects.toThrow(DataDirInUseError);
  await expect(start()).rejects.toThrow("Stop it first, or set UNSTUCK_DATA_DIR");
  const shared = await start("share");
  expect(shared).toMatchObject({ url: server.url, owned: false });
  await shared.stop();
  expect(await ask(server, "SELECT 1 AS n")).toEqual([{ n: 1 }]);
  await server.stop();
});

test("a launcher that is killed takes its server along, and the next start works", async () => {
  const script = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(new URL("./embedded-postgres.ts", import.meta.url).href)});
    await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, durable: false });
    process.kill(process.pid, "SIGKILL");`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], { stdio: "ignore" });
  const signal = await new Promise((resolve) => child.once("exit", (_, by) => resolve(by)));
  expect(signal).toBe("SIGKILL");
  const server = await start();
  expect(await ask(server, "SELECT n FROM kept")).toEqual([{ n: 42 }]);
  await server.stop();
});

test("a stale state file whose number now belongs to another program is seen through", async () => {
  const stale = `${process.pid}\n${dataDir}/postgres\n1\n5432\n\n127.0.0.1\n\nready   \n`;
  await writeFile(join(dataDir, "postgres", "postmaster.pid"), stale);
  await writeFile(join(dataDir, "owner.json"), `{"pid":${process.ppid},"birth":"long ago"}\n`);
  const server = await start();
  expect(await ask(server, "SELECT 1 AS n")).toEqual([{ n: 1 }]);
  await server.stop();
});

test("data of another major version is refused with what to do", async () => {
  const version = join(dataDir, "postgres", "PG_VERSION");
  await writeFile(version, "17\n");
  await expect(start()).rejects.toThrow(
    "written by Postgres 17, but this is Postgres 18. Set UNSTUCK_DATA_DIR",
  );
  await writeFile(version, "18\n");
});
