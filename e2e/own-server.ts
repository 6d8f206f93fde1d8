/** A server that a story may kill. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

export interface OwnServer {
  readonly address: string;
  /** Ends it at once, as a machine that loses power would. */
  kill(): Promise<void>;
  /** Starts it anew, at the same address, with the same data. */
  start(): Promise<void>;
  /** Ends it in good order, and removes its data. */
  remove(): Promise<void>;
}

export interface OwnServerOptions {
  /** Of the pages as they are written, and not of the production build. */
  readonly dev?: boolean;
  /** Reached from elsewhere too: then it asks for keys. */
  readonly everywhere?: boolean;
}

/** Starts one with data of its own. */
export async function ownServer({ dev, everywhere }: OwnServerOptions = {}): Promise<OwnServer> {
  const data = await mkdtemp(join(tmpdir(), "unstuck-own-"));
  let child: ChildProcess | undefined;
  let address = "http://127.0.0.1:0";
  const start = async () => {
    const settings: Record<string, string | undefined> = {
      ...{ HOST: everywhere ? "0.0.0.0" : "127.0.0.1", PORT: new URL(address).port, UNSTUCK_DATA_DIR: data },
      ...{ DATABASE_URL: undefined, NODE_ENV: undefined },
    };
    const started = spawn(process.execPath, ["bin/start.ts", ...(dev ? ["--dev"] : [])], {
      env: { ...process.env, ...settings },
      stdio: ["ignore", "pipe", "inherit"],
    });
    child = started;
    for await (const line of createInterface(started.stdout)) {
      const told = /^Unstuck is at (\S+)/.exec(line)?.[1];
      if (told === undefined) continue;
      address = told;
      started.stdout.resume();
      return;
    }
    throw new Error("the server ended before it was ready");
  };
  const end = async (signal: "SIGKILL" | "SIGTERM") => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  };
  await start();
  return {
    get address() {
      return address;
    },
    kill: () => end("SIGKILL"),
    start,
    remove: async () => {
      await end("SIGTERM");
      await rm(data, { recursive: true, force: true });
    },
  };
}
