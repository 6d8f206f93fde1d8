import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { childEnv } from "../server/env.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** The server as a person starts it, with data of its own. */
export interface ServerProcess {
  /** Such as `http://127.0.0.1:1234`. */
  readonly address: string;
  /** Where its data are, until it is stopped. */
  readonly dataDir: string;
  /** Stops it and throws its data away. */
  stop(): Promise<void>;
}

/**
 * Starts the whole production server (pages, ingest, background work, Postgres) on a free port of this machine, with
 * data that are thrown away. The pages are built first where they are not. Throws with what it said where it ends.
 */
export async function startServer(settings: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
  const dataDir = await mkdtemp(join(tmpdir(), "unstuck-server-"));
  const child = spawn(process.execPath, ["bin/start.ts"], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    env: childEnv({
      HOST: "127.0.0.1",
      NODE_ENV: undefined,
      UNSTUCK_OPEN: undefined,
      DATABASE_URL: undefined,
      ...settings,
      PORT: "0",
      UNSTUCK_DATA_DIR: dataDir,
    }),
  });
  const leave = () => child.kill("SIGTERM");
  process.once("exit", leave);
  const ended = new Promise<void>((done) => child.once("exit", () => done()));
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    process.off("exit", leave);
    await rm(dataDir, { recursive: true, force: true });
  };
  let told = "";
  const ready = new Promise<string>((isReady) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        told = (told + text).slice(-10_000);
        const [, address] = /^Unstuck is at (\S+)/m.exec(told) ?? [];
        if (address !== undefined) isReady(address);
      });
    }
  });
  const address = await Promise.race([ready, ended]);
  if (typeof address === "string") return { address, dataDir, stop };
  await stop();
  throw new Error(`The server did not start. It said:\n${told.trim()}`);
}
