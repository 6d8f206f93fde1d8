/** Marquez as its users run it: the released jar, started on an empty database, warm when it answers. */
import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { succeed } from "../lib/testing/machine-program.ts";
import type { Server } from "./stage.ts";

/** The newest release on Maven Central. */
export const MARQUEZ = "0.50.0";

/** Where the jar is kept between runs: below node_modules, which no commit and no search looks into. */
const KEPT = resolve("node_modules/.cache/marquez");
/** How long it may take to migrate an empty database and to answer, and then to end, ms. */
const PATIENCE = 180_000;
const LOOK_EVERY = 250;

/** The path of the jar, fetched from Maven Central where it is not there yet. Throws where it cannot be had. */
export async function marquezJar(version: string): Promise<string> {
  const jar = join(KEPT, `marquez-api-${version}.jar`);
  if (!existsSync(jar)) {
    await mkdir(KEPT, { recursive: true });
    const artifact = `io.github.marquezproject:marquez-api:${version}`;
    await succeed(
      "mvn",
      ["-q", "-B", "-U", "dependency:copy", `-Dartifact=${artifact}`, `-DoutputDirectory=${KEPT}`],
      { purpose: "fetch Marquez (Maven)", cwd: KEPT },
    );
  }
  return jar;
}

/** Starts Marquez on a database that is empty. */
export async function startMarquez(jar: string, databaseUrl: string): Promise<Server> {
  await succeed("java", ["-version"], { purpose: "run Marquez (Java 17)", cwd: "." });
  const folder = await mkdtemp(join(tmpdir(), "unstuck-marquez-"));
  const [port, adminPort] = [await freePort(), await freePort()];
  const config = join(folder, "marquez.yml");
  await writeFile(config, JSON.stringify(configuration(databaseUrl, port, adminPort)), { mode: 0o600 });
  const log = join(folder, "marquez.log");
  const child = spawn("java", ["-Duser.timezone=UTC", "-jar", jar, "server", config], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const file = createWriteStream(log);
  for (const stream of [child.stdout, child.stderr]) stream.pipe(file, { end: false });
  const leave = () => child.kill("SIGKILL");
  process.once("exit", leave);
  const end = async () => {
    await ended(child);
    process.off("exit", leave);
    file.end();
    await rm(folder, { recursive: true, force: true });
  };
  if (await becomesHealthy(child, `http://127.0.0.1:${adminPort}/healthcheck`)) {
    return { url: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, end };
  }
  const said = (await readFile(log, "utf8")).trim().split("\n").slice(-25).join("\n");
  await end();
  throw new Error(`Marquez did not start. It said:\n${said}`);
}

/** Dropwizard's own defaults, save where it listens and keeps its data. JSON is YAML. */
function configuration(databaseUrl: string, port: number, adminPort: number): object {
  const database = new URL(databaseUrl);
  const connector = (at: number) => ({ type: "http", port: at, bindHost: "127.0.0.1" });
  return {
    server: {
      applicationConnectors: [{ ...connector(port), httpCompliance: "RFC7230_LEGACY" }],
      adminConnectors: [connector(adminPort)],
      // Its own development file logs each request; to leave that out is to its advantage.
      requestLog: { appenders: [] },
    },
    db: {
      driverClass: "org.postgresql.Driver",
      url: `jdbc:postgresql://${database.host}${database.pathname}`,
      user: decodeURIComponent(database.username),
      password: decodeURIComponent(database.password),
    },
    migrateOnStartup: true,
    graphql: { enabled: false },
    search: { enabled: false },
    logging: { level: "WARN", appenders: [{ type: "console" }] },
  };
}

async function becomesHealthy(child: ChildProcess, address: string): Promise<boolean> {
  for (let waited = 0; waited < PATIENCE; waited += LOOK_EVERY) {
    if (child.exitCode !== null || child.signalCode !== null) return false;
    const answer = await fetch(address).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) return true;
    await sleep(LOOK_EVERY);
  }
  return false;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise<void>((done) => child.once("exit", () => done()));
  child.kill("SIGTERM");
  const killer = setTimeout(() => child.kill("SIGKILL"), 30_000);
  await exit;
  clearTimeout(killer);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, "127.0.0.1", listening));
  const address = probe.address();
  await new Promise((closed) => probe.close(closed));
  if (address === null || typeof address === "string") throw new Error("No free port was found.");
  return address.port;
}
