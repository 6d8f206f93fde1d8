/**
 * A life line is written again with each beat, so its set of buckets must stay short. One that has grown long is put
 * away: its bits are merged into `beat_chunk`, and the life line begins a new set. What an attempt beat is always the
 * union of both, wherever a bucket lies; a beat that comes late or again may stand in both.
 */
import { type Bitmap, bucketsOf } from "../../base/bitmap.ts";

/** Four hours of buckets, in as many bits of one row. */
const BUCKETS_PER_CHUNK = 2_880;

/** As long as a set may be within its life line, in bytes: an even beat never is, a faltering one of 10 s after 80 minutes. */
const LONGEST_KEPT = 128;

/** The bits of one attempt's buckets in one chunk, from its first bucket on, as a text of `0` and `1`. */
export interface Chunk {
  readonly chunk: number;
  readonly bits: string;
}

export function isToPutAway(beats: Bitmap): boolean {
  return beats.length > LONGEST_KEPT;
}

export function chunksOf(beats: Bitmap): Chunk[] {
  const buckets = bucketsOf(beats);
  const chunks: Chunk[] = [];
  for (let i = 0; i < buckets.length; ) {
    const chunk = Math.floor((buckets[i] ?? 0) / BUCKETS_PER_CHUNK);
    const bits: string[] = Array(BUCKETS_PER_CHUNK).fill("0");
    for (; i < buckets.length; i += 1) {
      const bit = (buckets[i] ?? 0) - chunk * BUCKETS_PER_CHUNK;
      if (bit >= BUCKETS_PER_CHUNK) break;
      bits[bit] = "1";
    }
    chunks.push({ chunk, bits: bits.join("") });
  }
  return chunks;
}

/** The buckets of a chunk, ascending. */
export function bucketsOfChunk({ chunk, bits }: Chunk): number[] {
  const buckets: number[] = [];
  for (let bit = bits.indexOf("1"); bit >= 0; bit = bits.indexOf("1", bit + 1))
    buckets.push(chunk * BUCKETS_PER_CHUNK + bit);
  return buckets;
}
