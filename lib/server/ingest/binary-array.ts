/** The object ids of element types, as Postgres numbers them. */
const BYTEA = 17;

/**
 * A `bytea[]` in the binary form of Postgres' wire protocol (`array_send`): the driver's own text form would escape
 * each byte, and the server would take it back.
 */
export function byteaArray(values: readonly Uint8Array[]): Buffer {
  const size = values.reduce((sum, value) => sum + 4 + value.length, 20);
  const buffer = Buffer.allocUnsafe(size);
  // One dimension, no NULLs, the elements' type, so many of them, counted from 1. Of none there is no dimension.
  const head = values.length === 0 ? [0, 0, BYTEA] : [1, 0, BYTEA, values.length, 1];
  let at = 0;
  for (const word of head) at = buffer.writeInt32BE(word, at);
  for (const value of values) {
    at = buffer.writeInt32BE(value.length, at);
    buffer.set(value, at);
    at += value.length;
  }
  return buffer.subarray(0, at);
}
