import type { Instant } from "../../base/instant.ts";

/** The object ids of element types, as Postgres numbers them. */
const BYTEA = 17;
const JSON_TEXT = 114;
const INT8 = 20;
const INT4 = 23;
const TEXT = 25;
const TIMESTAMPTZ = 1184;
const VARBIT = 1562;
const UUID = 2950;

/** 2000-01-01T00:00:00Z, from which Postgres counts, ms. */
const EPOCH = 946_684_800_000;

/**
 * A `bytea[]` in the binary form of Postgres' wire protocol (`array_send`): the driver's own text form would escape
 * each byte, and the server would take it back.
 */
export function byteaArray(values: readonly Uint8Array[]): Buffer {
  return arrayOfBytes(BYTEA, values);
}

/** A `json[]` in the same form. */
export function jsonArray(texts: readonly string[]): Buffer {
  return arrayOfTexts(JSON_TEXT, texts);
}

/** A `text[]` in the same form: nothing is quoted, and nothing unquoted. */
export function textArray(values: readonly (string | null)[]): Buffer {
  return arrayOfTexts(TEXT, values);
}

/** A `uuid[]` of ids in their usual writing. */
export function uuidArray(ids: readonly string[]): Buffer {
  return arrayOfEqualSizes(
    UUID,
    16,
    ids,
    (buffer, id, at) => at + buffer.write(id.replaceAll("-", ""), at, "hex"),
  );
}

/** An `int[]`. */
export function intArray(values: readonly (number | null)[]): Buffer {
  return arrayOfEqualSizes(INT4, 4, values, (buffer, value, at) => buffer.writeInt32BE(value, at));
}

/** A `bigint[]` of numbers as the driver gives them. */
export function bigintArray(values: readonly (string | null)[]): Buffer {
  return arrayOfEqualSizes(INT8, 8, values, (buffer, value, at) => buffer.writeBigInt64BE(BigInt(value), at));
}

/** A `timestamptz[]` of instants. */
export function instantArray(values: readonly (Instant | null)[]): Buffer {
  return arrayOfEqualSizes(TIMESTAMPTZ, 8, values, (buffer, value, at) =>
    buffer.writeBigInt64BE(BigInt(value - EPOCH) * 1000n, at),
  );
}

/** A `varbit[]` in the same form, of texts of `0` and `1`: an eighth of what the texts themselves take. */
export function bitArray(values: readonly string[]): Buffer {
  return arrayOfBytes(VARBIT, values.map(packBits));
}

/** A bit string as `varbit_send` writes it: how many bits, then the bits. */
function packBits(bits: string): Uint8Array {
  const packed = Buffer.alloc(4 + Math.ceil(bits.length / 8));
  packed.writeInt32BE(bits.length, 0);
  for (let at = bits.indexOf("1"); at >= 0; at = bits.indexOf("1", at + 1)) {
    const byte = 4 + (at >> 3);
    packed[byte] = (packed[byte] ?? 0) | (128 >> (at & 7));
  }
  return packed;
}

/** Bytes before the elements. */
const HEAD = 20;

/**
 * One dimension, whether there are NULLs, the elements' type, so many of them, counted from 1. Of none there is no
 * dimension.
 */
function writeHead(buffer: Buffer, type: number, count: number, nulls = 0): number {
  const head = count === 0 ? [0, 0, type] : [1, nulls, type, count, 1];
  return head.reduce((at, word) => buffer.writeInt32BE(word, at), 0);
}

/** Written in one go: a buffer for each text would take more time than the texts. */
function arrayOfTexts(type: number, values: readonly (string | null)[]): Buffer {
  const lengths = values.map((value) => (value === null ? -1 : Buffer.byteLength(value)));
  const size = lengths.reduce((sum, length) => sum + 4 + Math.max(0, length), HEAD);
  const buffer = Buffer.allocUnsafe(size);
  let at = writeHead(buffer, type, values.length, lengths.includes(-1) ? 1 : 0);
  values.forEach((value, i) => {
    at = buffer.writeInt32BE(lengths[i] ?? -1, at);
    if (value !== null) at += buffer.write(value, at, "utf8");
  });
  return buffer.subarray(0, at);
}

/** The same of what takes so many bytes each. `write` gives where it ended. */
function arrayOfEqualSizes<T>(
  type: number,
  size: number,
  values: readonly (T | null)[],
  write: (buffer: Buffer, value: T, at: number) => number,
): Buffer {
  const buffer = Buffer.allocUnsafe(HEAD + values.length * (4 + size));
  let at = writeHead(buffer, type, values.length, values.includes(null) ? 1 : 0);
  for (const value of values) {
    at = buffer.writeInt32BE(value === null ? -1 : size, at);
    if (value !== null) at = write(buffer, value, at);
  }
  return buffer.subarray(0, at);
}

function arrayOfBytes(type: number, values: readonly Uint8Array[]): Buffer {
  const size = values.reduce((sum, value) => sum + 4 + value.length, HEAD);
  const buffer = Buffer.allocUnsafe(size);
  let at = writeHead(buffer, type, values.length);
  for (const value of values) {
    at = buffer.writeInt32BE(value.length, at);
    buffer.set(value, at);
    at += value.length;
  }
  return buffer.subarray(0, at);
}
