import type { Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { readEnv } from "../env.ts";
import { processWide } from "../process-wide.ts";

/** Why a body could not be read, as an HTTP status and a sentence. */
export class BodyError extends Error {
  readonly status: 400 | 413 | 415;

  constructor(status: 400 | 413 | 415, message: string) {
    super(message);
    this.name = "BodyError";
    this.status = status;
  }
}

/** The most bytes of a body after inflating: read once, since the environment is checked whole each time it is asked. */
export function bodyCap(): number {
  return processWide("body-cap", () => readEnv().UNSTUCK_MAX_BODY_BYTES);
}

/**
 * Reads a whole body as text, inflating it where it says that it is compressed. Stops at `limit` bytes of what was
 * inflated, so that a small body cannot fill the memory. Throws BodyError.
 */
export async function readBody(
  stream: Readable,
  encoding: string | undefined,
  limit: number,
): Promise<string> {
  const bytes = await readBytes(stream, encoding, limit);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new BodyError(400, "the body is not UTF-8");
  }
}

/** Reads a whole body as bytes that nothing else shares, inflated and limited in the same way. */
export async function readBytes(
  stream: Readable,
  encoding: string | undefined,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const inflated = inflate(stream, encoding);
  const held = new Held();
  try {
    for await (const chunk of inflated) {
      held.add(asBytes(chunk));
      if (held.size > limit) {
        throw new BodyError(
          413,
          `the body is larger than ${limit} bytes (after inflation): send it in smaller parts`,
        );
      }
    }
  } catch (error) {
    if (error instanceof BodyError) throw error;
    if (inflated !== stream) throw new BodyError(400, `the body says that it is ${encoding}, and is not`);
    throw new BodyError(400, "the body ended before it was whole");
  }
  return held.take(held.size);
}

/** About how many bytes of lines are given together, if there are as many: some 10 ms of reading. */
const LINES_TOGETHER = 512 * 1024;

/** A part of whole lines, or how a line begins that is longer than may be. */
export type LinesPart =
  | { readonly lines: Uint8Array<ArrayBuffer> }
  | { readonly tooLong: Uint8Array<ArrayBuffer> };

/**
 * Reads a body in parts of whole lines, inflating it where it says that it is compressed, with no more of it in memory
 * than a part, a line and a chunk. A line longer than `limit` bytes is thrown away as it comes, and told of. A body that
 * breaks off, or is not what its encoding says, throws BodyError; the lines before were given.
 */
export async function* readLines(
  stream: Readable,
  encoding: string | undefined,
  limit: number,
): AsyncGenerator<LinesPart> {
  const held = new Held();
  /** Bytes behind the last line that is whole. */
  let rest = 0;
  /** In the middle of a line that is too long. */
  let isSkipping = false;
  try {
    for await (const chunk of inflate(stream, encoding)) {
      let bytes = asBytes(chunk);
      if (isSkipping) {
        const end = bytes.indexOf(LINE_FEED);
        if (end < 0) continue;
        isSkipping = false;
        bytes = bytes.subarray(end + 1);
      }
      held.add(bytes);
      const end = bytes.lastIndexOf(LINE_FEED);
      rest = end < 0 ? rest + bytes.length : bytes.length - end - 1;
      const whole = held.size - rest;
      if (whole >= LINES_TOGETHER || (whole > 0 && rest > limit)) yield { lines: held.take(whole) };
      if (rest > limit) {
        yield { tooLong: held.take(rest) };
        rest = 0;
        isSkipping = true;
      }
    }
  } catch (error) {
    if (held.size > rest) yield { lines: held.take(held.size - rest) };
    if (error instanceof BodyError) throw error;
    throw new BodyError(400, "the body ended before it was whole, or is not what its encoding says");
  }
  if (held.size > 0) yield { lines: held.take(held.size) };
}

const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** Chunks of a body that are kept until they are taken together. The byte order mark at its beginning is left out. */
class Held {
  #chunks: Uint8Array[] = [];
  #isFirst = true;
  size = 0;

  add(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.size += chunk.length;
  }

  /** The first so many bytes, copied: what is given to another thread is gone from this one. */
  take(count: number): Uint8Array<ArrayBuffer> {
    const taken = new Uint8Array(count);
    let at = 0;
    const left: Uint8Array[] = [];
    for (const chunk of this.#chunks) {
      const part = chunk.subarray(0, count - at);
      taken.set(part, at);
      at += part.length;
      if (part.length < chunk.length) left.push(chunk.subarray(part.length));
    }
    this.#chunks = left;
    this.size -= count;
    const isMarked = this.#isFirst && BYTE_ORDER_MARK.every((byte, i) => taken[i] === byte);
    this.#isFirst = false;
    return isMarked ? taken.slice(BYTE_ORDER_MARK.length) : taken;
  }
}

function asBytes(chunk: unknown): Uint8Array {
  return chunk instanceof Uint8Array ? chunk : Buffer.from(String(chunk));
}

function inflate(stream: Readable, encoding: string | undefined): Readable {
  const decoder = decoderFor(encoding);
  if (!decoder) return stream;
  // Errors of the source reach the reader through the decoder, which pipe() alone would not do.
  stream.once("error", (error) => decoder.destroy(error));
  stream.once("aborted", () => decoder.destroy(new Error("aborted")));
  return stream.pipe(decoder);
}

function decoderFor(encoding: string | undefined) {
  switch (encoding?.trim().toLowerCase()) {
    case undefined:
    case "":
    case "identity":
      return undefined;
    case "gzip":
    case "x-gzip":
      return createGunzip();
    case "deflate":
      return createInflate();
    case "br":
      return createBrotliDecompress();
    default:
      throw new BodyError(
        415,
        `Content-Encoding: ${encoding} is not known here; gzip, deflate, br and identity are`,
      );
  }
}
