import { errorWords } from "../lib/base/error-words.ts";
import { batchResult } from "../lib/contract/batch.ts";
import { problem } from "../lib/contract/problem.ts";
import { readEnv } from "../lib/server/env.ts";
import { addressOf } from "../lib/server/http.ts";
import { type EventFile, eventFiles, eventsOf, type FileEvent } from "./event-files.ts";

/** How much is sent at once: at most so many events, and about so many bytes. */
const MOST_EVENTS = 1_000;
const MOST_BYTES = 4 * 1024 ** 2;

const AGAIN = "Start it again to go on: what was taken in is not taken in twice.";

/**
 * `unstuck import FILE…`: sends files of OpenLineage events, and folders of them, to the running server. A file holds
 * one event a line (as OpenLineage's file transport appends them), one event, or an array of them.
 */
export async function importFiles(named: readonly string[]): Promise<void> {
  const env = readEnv();
  const address = addressOf(env.HOST, env.PORT);
  const files = await eventFiles(named);
  const size = files.reduce((sum, file) => sum + file.size, 0);
  const done = { taken: 0, refused: 0, unread: 0, bytes: 0 };
  process.once("SIGINT", () => {
    console.log(`Stopped: ${inWords(done)}. ${AGAIN}`);
    process.exit(130);
  });
  let told = -1;
  for await (const group of grouped(eventsIn(files, done))) {
    const failures = await send(address, group, env.UNSTUCK_KEY).catch((error: unknown) => {
      const reason = errorWords(error);
      throw new Error(done.taken === 0 ? reason : `${reason}\nUntil then ${inWords(done)}. ${AGAIN}`);
    });
    for (const { index, reason } of failures) console.error(`${group[index]?.place ?? "?"}: ${reason}`);
    done.refused += failures.length;
    done.taken += group.length - failures.length;
    const percent = Math.min(100, Math.floor((100 * done.bytes) / Math.max(size, 1)));
    if (percent !== told) console.log(`${percent} %: ${inWords(done)}`);
    told = percent;
  }
  console.log(`${inWords(done)}. See them at ${address}`);
  if (done.refused + done.unread > 0) process.exitCode = 1;
}

interface Done {
  taken: number;
  refused: number;
  /** Files that are none of events, or could not be read to their end. */
  unread: number;
  /** Of all files, how much was read. */
  bytes: number;
}

function inWords({ taken, refused, unread }: Done): string {
  const files = unread === 0 ? "" : `, ${unread} ${unread === 1 ? "file" : "files"} not read`;
  return `${taken} events taken in, ${refused} refused${files}`;
}

/** The events of all files. One that cannot be read is told of, and does not keep the others out. */
async function* eventsIn(files: readonly EventFile[], done: Done): AsyncGenerator<FileEvent> {
  let before = 0;
  for (const file of files) {
    try {
      yield* eventsOf(file, (read) => {
        done.bytes = before + read;
      });
    } catch (error) {
      done.unread += 1;
      console.error(errorWords(error));
    }
    before += file.size;
    done.bytes = before;
  }
}

async function* grouped(events: AsyncIterable<FileEvent>): AsyncGenerator<FileEvent[]> {
  let group: FileEvent[] = [];
  let bytes = 0;
  for await (const event of events) {
    group.push(event);
    bytes += event.line.length + 1;
    if (group.length < MOST_EVENTS && bytes < MOST_BYTES) continue;
    yield group;
    group = [];
    bytes = 0;
  }
  if (group.length > 0) yield group;
}

const LINE_BREAK = Buffer.from("\n");

/** Sends a group, again while the server has no room for it, and gives what it refused. */
async function send(
  address: string,
  group: readonly FileEvent[],
  key: string | undefined,
): Promise<{ index: number; reason: string }[]> {
  const body = Buffer.concat(group.flatMap(({ line }) => [line, LINE_BREAK]));
  for (let tries = 1; ; tries += 1) {
    const response = await fetch(`${address}/api/v1/lineage/batch`, {
      method: "POST",
      headers: {
        "Content-Type": "application/x-ndjson",
        ...(key !== undefined && { Authorization: `Bearer ${key}` }),
      },
      body,
    }).catch(() => {
      throw new Error(`No server answers at ${address}: start it with npm start.`);
    });
    const answer: unknown = await response.json().catch(() => undefined);
    const refusal = problem.safeParse(answer).data;
    if (response.status === 429 || response.status === 503) {
      if (tries === 1)
        console.error(`Waiting, since the server says: ${refusal?.error ?? "come again later"}`);
      const seconds = Number(response.headers.get("retry-after") ?? "1");
      await new Promise((next) => setTimeout(next, 1000 * (seconds || 1)));
      continue;
    }
    if (!response.ok && refusal) {
      const how = response.status === 401 || response.status === 403 ? " Set UNSTUCK_KEY to one." : "";
      throw new Error(`The server refused: ${refusal.error}${how}`);
    }
    const result = batchResult.safeParse(answer).data;
    if (!response.ok || !result)
      throw new Error(`What answers at ${address} is no Unstuck (status ${response.status}).`);
    const { received } = result.summary;
    if (received !== group.length)
      throw new Error(`The server read ${received} of ${group.length} events that were sent together.`);
    return result.failed_events;
  }
}
