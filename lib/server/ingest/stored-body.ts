import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";

/** How a zstd frame begins (RFC 8878). No JSON text does. */
const ZSTD_MAGIC = [0x28, 0xb5, 0x2f, 0xfd];

/** The lightest level: it takes an event of 11 kB to a sixth in 28 µs, and heavier ones gain little on it. */
const PARAMS = {
  [constants.ZSTD_c_compressionLevel]: 1,
  // Half of what it is taken to be for bodies of this size: it is made anew for each, which takes as long as the words in it.
  [constants.ZSTD_c_hashLog]: 13,
};
/** What it is given room for at once, bytes; more than that is more garbage, and is held as long as the body is. */
const CHUNK = 4096;

/** A message's text, in UTF-8, as the log keeps it: compressed, unless it is so short that this gains nothing. */
export function packBody(plain: Uint8Array): Uint8Array {
  const packed = zstdCompressSync(plain, {
    params: PARAMS,
    chunkSize: CHUNK,
    pledgedSrcSize: plain.length,
  });
  return packed.length < plain.length ? packed : plain;
}

/** The text again. Reads plain UTF-8 too: short messages are kept so, and those of before bodies were compressed. */
export function unpackBody(stored: Uint8Array): string {
  const isPacked = ZSTD_MAGIC.every((byte, i) => stored[i] === byte);
  return (isPacked ? zstdDecompressSync(stored) : Buffer.from(stored)).toString("utf8");
}
