import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** How long a process may take to end before it is killed, ms. */
const PATIENCE = 30_000;

/** A process of the bench: a server, or a generator of load. It speaks in lines. */
export class Child {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;
  readonly #name: string;

  /** Runs a TypeScript file, whose path is seen from the project's root. */
  constructor(
    file: string,
    given: {
      args?: readonly string[];
      node?: readonly string[];
      env?: Readonly<Record<string, string>>;
    } = {},
  ) {
    this.#name = file;
    const path = fileURLToPath(new URL(`../${file}`, import.meta.url));
    this.#process = spawn(process.execPath, [...(given.node ?? []), path, ...(given.args ?? [])], {
      env: { ...process.env, ...given.env },
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#process.stdin.on("error", () => {});
    this.#lines = createInterface(this.#process.stdout)[Symbol.asyncIterator]();
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** The next line that it says. */
  async line(): Promise<string> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`${this.#name} ended before its time.`);
    return value;
  }

  /** Says something to it. */
  say(text: string): void {
    this.#process.stdin.write(`${text}\n`);
  }

  kill(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  /** Closes its input, which ends the small ones, and sends the signal that the server ends at. */
  async end(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, "exit");
    this.#process.stdin.end();
    // One that ends by its input needs no signal, and could not write its profile where it got one.
    if (!(await settles(ended, 500))) this.#process.kill("SIGTERM");
    if (!(await settles(ended, PATIENCE))) this.#process.kill("SIGKILL");
    await ended;
  }
}

function settles(promise: Promise<unknown>, ms: number): Promise<boolean> {
  return Promise.race([promise.then(() => true), sleep(ms, false, { ref: false })]);
}
