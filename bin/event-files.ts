import { createReadStream } from "node:fs";
import { open, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { arrayItems } from "../lib/server/ingest/array-items.ts";
import { BodyError, readBytes, readLines } from "../lib/server/ingest/read-body.ts";
import { badArray } from "../lib/server/ingest/read-part.ts";

/** A file of events. */
export interface EventFile {
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** It can be read but once, as a pipe can. */
  readonly isPipe: boolean;
}

/** An event of a file in one line, as it is written there, and where that is. */
export interface FileEvent {
  readonly place: string;
  readonly line: Uint8Array;
}

/** Is told how many bytes of a file were read: the compressed ones, where it is compressed. */
export type Watch = (bytesRead: number) => void;

/** A longer line is not sent whole: no server takes it. In bytes. */
const LONGEST_LINE = 1024 ** 3;
const [LINE_FEED, CARRIAGE_RETURN, BLANK] = [0x0a, 0x0d, 0x20];

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** The files that were named, and those in folders that were named, by name. Throws where one is not there. */
export async function eventFiles(named: readonly string[]): Promise<EventFile[]> {
  const files: EventFile[] = [];
  for (const path of named) {
    const found = await stat(path).catch(() => {
      throw new Error(`There is no file ${path} that can be read.`);
    });
    if (!found.isDirectory()) files.push({ path, size: found.size, isPipe: !found.isFile() });
    else {
      const names = (await readdir(path)).filter((name) => !name.startsWith("."));
      files.push(...(await eventFiles(names.sort().map((name) => join(path, name)))));
    }
  }
  return files;
}

/**
 * The events of a file, compressed with gzip or not, in constant memory where it has one a line: as OpenLineage's file
 * transport appends them. Else it is one event, or an array of them. Throws where it is none of these.
 */
export async function* eventsOf(file: EventFile, watch: Watch): AsyncGenerator<FileEvent> {
  const { path, isPipe } = file;
  try {
    if (isPipe) return yield* linesOf(path, undefined, watch);
    const encoding = await encodingOf(path);
    if (await hasLines(path, encoding)) yield* linesOf(path, encoding, watch);
    else yield* wholeOf(path, await readBytes(createReadStream(path), encoding, Number.POSITIVE_INFINITY));
  } catch (error) {
    if (!(error instanceof BodyError)) throw error;
    throw new Error(`${path} could not be read to its end: ${error.message}.`);
  }
}

async function encodingOf(path: string): Promise<"gzip" | undefined> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`There is no file ${path} that can be read (${error.code}).`);
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b ? "gzip" : undefined;
  } finally {
    await file.close();
  }
}

/** Whether it has one event a line: its first line is one, or its second, where the first was cut off. */
async function hasLines(path: string, encoding: string | undefined): Promise<boolean> {
  const stream = createReadStream(path);
  try {
    for await (const part of readLines(stream, encoding, LONGEST_LINE)) {
      if ("tooLong" in part) return false;
      const begun = utf8.decode(part.lines).split("\n", 20);
      const [first = "", second = ""] = begun.filter((line) => line.trim() !== "");
      return isObject(first) || (!first.startsWith("[") && isObject(second));
    }
    return true;
  } finally {
    stream.destroy();
  }
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

async function* linesOf(path: string, encoding: string | undefined, watch: Watch): AsyncGenerator<FileEvent> {
  let number = 0;
  const stream = createReadStream(path);
  for await (const part of readLines(stream, encoding, LONGEST_LINE)) {
    watch(stream.bytesRead);
    const bytes = "lines" in part ? part.lines : part.tooLong;
    for (let from = 0; from < bytes.length; ) {
      const found = bytes.indexOf(LINE_FEED, from);
      const line = bytes.subarray(from, found < 0 ? bytes.length : found);
      from += line.length + 1;
      number += 1;
      if (!isBlank(line)) yield { place: `${path}:${number}`, line };
    }
  }
}

/** The server does not count blank lines. */
function isBlank(line: Uint8Array): boolean {
  return !line.some((byte) => byte > BLANK && byte < 0x7f) && utf8.decode(line).trim() === "";
}

function* wholeOf(path: string, bytes: Uint8Array): Generator<FileEvent> {
  const bad = badArray(bytes);
  if (!bad) {
    let index = 0;
    for (const item of arrayItems(bytes)) yield { place: `${path}[${index++}]`, line: inOneLine(item) };
  } else if (isObject(utf8.decode(bytes))) yield { place: path, line: inOneLine(bytes) };
  else if (!isBlank(bytes)) {
    const reason = (bad.reason ?? bad.error).replace(/\s+/g, " ");
    throw new Error(`${path} is neither JSON nor one JSON event a line: ${reason}`);
  }
}

/** JSON has line breaks only between its signs, where a blank is as good. */
function inOneLine(text: Uint8Array): Uint8Array {
  return text.map((byte) => (byte === LINE_FEED || byte === CARRIAGE_RETURN ? BLANK : byte));
}
