/**
 * Bitmaps of time buckets. A beat sets one bit, so merging is OR: in any order, any number of times, the same.
 *
 * A bucket is 5 s: the shortest beat that pipelines send in practice is longer, or is a multiple that still
 * shows its gaps. A chunk is four hours, 2,880 buckets, 360 bytes: at a 10 s beat that is a quarter of a byte a beat, and
 * what the store adds to each chunk is little beside it.
 */
export const BUCKET_MS = 5_000;
const BUCKETS_PER_CHUNK = 2_880;
const CHUNK_MS = BUCKET_MS * BUCKETS_PER_CHUNK;

/** Chunks by their number (four hours each, since the epoch), each a text of 2,880 characters `0` or `1`. */
export type Bitmap = Readonly<Record<string, string>>;

const EMPTY_CHUNK = "0".repeat(BUCKETS_PER_CHUNK);

/** The chunk and the bucket in it that an instant (ms since the epoch) falls into. */
function bucketOf(ms: number): { chunk: number; bucket: number } {
  const chunk = Math.floor(ms / CHUNK_MS);
  return { chunk, bucket: Math.floor((ms - chunk * CHUNK_MS) / BUCKET_MS) };
}

/** Sets the bit of an instant (ms since the epoch). */
export function setBit(bitmap: Bitmap, ms: number): Bitmap {
  const { chunk, bucket } = bucketOf(ms);
  const bits = bitmap[String(chunk)] ?? EMPTY_CHUNK;
  if (bits[bucket] === "1") return bitmap;
  return { ...bitmap, [String(chunk)]: `${bits.slice(0, bucket)}1${bits.slice(bucket + 1)}` };
}

/** The start of each set bucket, ms since the epoch, ascending. */
export function bucketsSet(bitmap: Bitmap): number[] {
  const starts: number[] = [];
  const chunks = Object.keys(bitmap)
    .map(Number)
    .sort((a, b) => a - b);
  for (const chunk of chunks) {
    const bits = bitmap[String(chunk)] ?? "";
    for (let bucket = bits.indexOf("1"); bucket >= 0; bucket = bits.indexOf("1", bucket + 1)) {
      starts.push(chunk * CHUNK_MS + bucket * BUCKET_MS);
    }
  }
  return starts;
}
