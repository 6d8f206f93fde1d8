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
  const inflated = inflate(stream, encoding);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of inflated) {
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
      size += bytes.length;
      if (size > limit) {
        throw new BodyError(
          413,
          `the body is larger than ${limit} bytes (after inflation): send it in smaller parts`,
        );
      }
      chunks.push(bytes);
    }
  } catch (error) {
    if (error instanceof BodyError) throw error;
    if (inflated !== stream) throw new BodyError(400, `the body says that it is ${encoding}, and is not`);
    throw new BodyError(400, "the body ended before it was whole");
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new BodyError(400, "the body is not UTF-8");
  }
}

/**
 * Reads a body line by line, inflating it where it says that it is compressed, with no more of it in memory than a
 * line and a chunk. A line longer than `limit` bytes, a body that is not UTF-8 or not what its encoding says throw
 * BodyError; the lines before were given.
 */
export async function* readLines(
  stream: Readable,
  encoding: string | undefined,
  limit: number,
): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  try {
    for await (const chunk of inflate(stream, encoding)) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
      if (rest.length > limit) throw new BodyError(413, `a line is longer than ${limit} bytes`);
    }
    rest += decoder.decode();
  } catch (error) {
    if (error instanceof BodyError) throw error;
    if (error instanceof TypeError) throw new BodyError(400, "the body is not UTF-8 from here on");
    throw new BodyError(400, "the body ended before it was whole, or is not what its encoding says");
  }
  if (rest !== "") yield rest;
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
