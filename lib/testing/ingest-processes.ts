import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import { childEnv } from "../server/env.ts";

const PROGRAM = fileURLToPath(new URL("ingest-process.ts", import.meta.url));

/** A server process that takes events. */
export class IngestProcess {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #lines: Interface;
  /** What it told its operator. */
  told = "";
  /** What else it printed. */
  printed = "";
  /** Where its paths begin, such as `http://127.0.0.1:1234/api/v1`. */
  address = "";

  constructor(child: ChildProcessByStdio<Writable, Readable, Readable>) {
    this.#child = child;
    this.#lines = createInterface(child.stdout);
    this.#lines.on("line", (line) => {
      this.printed += `${line}\n`;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.told += text;
    });
  }

  async ready(): Promise<this> {
    this.address = `http://127.0.0.1:${await this.#line()}/api/v1`;
    return this;
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** The bytes that it holds on to, after a full collection. */
  async heldBytes(): Promise<number> {
    this.#child.stdin.write("\n");
    return Number(await this.#line());
  }

  async #line(): Promise<string> {
    const gone = once(this.#child, "exit").then(() => {
      throw new Error(`the server ended: ${this.told}`);
    });
    gone.catch(() => {});
    const [line] = await Promise.race([once(this.#lines, "line"), gone]);
    return String(line);
  }

  /** Ends it at once, whatever it does. */
  async kill(): Promise<void> {
    if (!this.isAlive) return;
    const ended = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await ended;
  }
}

const started: IngestProcess[] = [];

/**
 * Starts a server process on a database. `background` starts the background work in it too; `maxBodyBytes` is its cap
 * of one body, `env` what else it finds in its environment. A file that starts some calls `killIngestProcesses` at its top.
 */
export async function startIngest(
  url: string,
  options: { background?: boolean; maxBodyBytes?: number; env?: Record<string, string> } = {},
): Promise<IngestProcess> {
  const args = ["--expose-gc", PROGRAM, ...(options.background ? ["background"] : [])];
  const child = spawn(process.execPath, args, {
    env: childEnv({
      DATABASE_URL: url,
      NODE_OPTIONS: undefined,
      UNSTUCK_MAX_BODY_BYTES: options.maxBodyBytes?.toString(),
      ...options.env,
    }),
    stdio: ["pipe", "pipe", "pipe"],
  });
  const server = new IngestProcess(child);
  started.push(server);
  return server.ready();
}

/** Kills all that still run, when the tests of the file are over. Call it at the top of the file. */
export function killIngestProcesses(): void {
  afterAll(async () => {
    await Promise.all(started.map((server) => server.kill()));
  });
}
