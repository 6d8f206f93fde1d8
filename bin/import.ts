import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { createInterface } from "node:readline";
import { batchResult } from "../lib/contract/batch.ts";
import { problem } from "../lib/contract/problem.ts";
import { readEnv } from "../lib/server/env.ts";
import { addressOf } from "../lib/server/http.ts";

/** How much is sent at once: at most so many events, and about so many bytes. */
const MOST_EVENTS = 1_000;
const MOST_BYTES = 4 * 1024 ** 2;

/** An event as text, and where it stands. */
interface Line {
  readonly number: number;
  readonly text: string;
}

/**
 * `unstuck import FILE…`: sends files of OpenLineage events to the running server. A file holds one event a line (as
 * OpenLineage's file transport appends them), one event, or an array of them.
 */
export async function importFiles(files: readonly string[]): Promise<void> {
  const env = readEnv();
  const address = addressOf(env.HOST, env.PORT);
  const all = { taken: 0, failed: 0 };
  for (const file of files) {
    const { size } = await stat(file).catch(() => {
      throw new Error(`There is no file ${file} that can be read.`);
    });
    const own = { taken: 0, failed: 0 };
    let bytes = 0;
    for await (const lines of grouped(linesOf(file))) {
      const failures = await send(address, lines, env.UNSTUCK_KEY);
      for (const { index, reason } of failures)
        console.error(`${file}:${lines[index]?.number ?? "?"}: ${reason}`);
      own.failed += failures.length;
      own.taken += lines.length - failures.length;
      bytes += lines.reduce((sum, line) => sum + Buffer.byteLength(line.text) + 1, 0);
      console.log(
        `${file}: ${own.taken} events taken in, ${Math.min(100, Math.round((100 * bytes) / Math.max(size, 1)))} %`,
      );
    }
    all.taken += own.taken;
    all.failed += own.failed;
  }
  console.log(`${all.taken} events taken in, ${all.failed} refused. See them at ${address}`);
  if (all.failed > 0) process.exitCode = 1;
}

/** The events of a file, in constant memory where it has one a line. */
async function* linesOf(file: string): AsyncGenerator<Line> {
  let number = 0;
  for await (const text of createInterface({
    input: createReadStream(file),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    number += 1;
    if (text.trim() === "") continue;
    if (number === 1 && !isEvent(text)) {
      yield* wholeOf(file);
      return;
    }
    yield { number, text };
  }
}

/** Whether the first line is an event by itself: then the file has one a line. */
function isEvent(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

async function* wholeOf(file: string): AsyncGenerator<Line> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    throw new Error(
      `${file} is neither JSON nor one JSON event a line: ${error instanceof Error ? error.message : error}`,
    );
  }
  for (const [i, event] of (Array.isArray(value) ? value : [value]).entries()) {
    yield { number: i + 1, text: JSON.stringify(event) };
  }
}

async function* grouped(lines: AsyncIterable<Line>): AsyncGenerator<Line[]> {
  let group: Line[] = [];
  let bytes = 0;
  for await (const line of lines) {
    group.push(line);
    bytes += line.text.length;
    if (group.length < MOST_EVENTS && bytes < MOST_BYTES) continue;
    yield group;
    group = [];
    bytes = 0;
  }
  if (group.length > 0) yield group;
}

/** Sends a group, again while the server has no room for it, and gives what it refused. */
async function send(
  address: string,
  lines: readonly Line[],
  key: string | undefined,
): Promise<{ index: number; reason: string }[]> {
  for (;;) {
    const response = await fetch(`${address}/api/v1/lineage/batch`, {
      method: "POST",
      headers: {
        "Content-Type": "application/x-ndjson",
        ...(key !== undefined && { Authorization: `Bearer ${key}` }),
      },
      body: lines.map((line) => line.text).join("\n"),
    }).catch(() => {
      throw new Error(`No server answers at ${address}: start it with npm start.`);
    });
    if (response.status === 429 || response.status === 503) {
      const seconds = Number(response.headers.get("retry-after") ?? "1");
      await new Promise((next) => setTimeout(next, 1000 * (seconds || 1)));
      continue;
    }
    const body: unknown = await response.json().catch(() => ({}));
    if (!response.ok)
      throw new Error(`The server refused: ${problem.safeParse(body).data?.error ?? response.status}`);
    return batchResult.parse(body).failed_events;
  }
}
