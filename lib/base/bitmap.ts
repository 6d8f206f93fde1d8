/**
 * Sets of time buckets: in which stretches of 5 s something beat. A set knows neither order nor repetition, so that
 * beats come to the same however they arrive.
 *
 * A bucket is 5 s: the shortest beat that pipelines send in practice is longer, or is a multiple that still shows its
 * gaps. What beats regularly is told by its distance and how often that came, in two or three bytes for hours; what
 * does not by one bit a bucket. Each set has one form only, so that equal sets are equal bytes.
 */
import { Packer, Unpacker } from "./packed.ts";

export const BUCKET_MS = 5_000;

/**
 * A set as bytes: its first bucket, then parts, each from where the one before it ended. An even number is a run of half
 * as many equal distances, and the distance follows; an odd one is half as many bits, for the buckets that follow, of
 * which the last is set. Of an empty set there are no bytes.
 */
export type Bitmap = Uint8Array;

export const NO_BEATS: Bitmap = new Uint8Array(0);

/** Equal distances that span as many buckets are a run: as bits they would be longer. */
const RUN_FROM = 40;

/** The bucket that an instant (ms since the epoch) falls into. */
export function bucketOf(ms: number): number {
  return Math.floor(ms / BUCKET_MS);
}

/** Sets the bit of an instant (ms since the epoch). */
export function setBit(bitmap: Bitmap, ms: number): Bitmap {
  return withBuckets(bitmap, [bucketOf(ms)]);
}

/** The set with more buckets, in any order. Where all of them are in it already it is the same set. */
export function withBuckets(bitmap: Bitmap, more: readonly number[]): Bitmap {
  if (more.length === 0) return bitmap;
  const sorted = isAscending(more) ? more : [...more].sort((a, b) => a - b);
  const longer = prolonged(bitmap, sorted);
  if (longer) return longer;
  const known = bucketsOf(bitmap);
  const all = merged(known, sorted);
  return all.length === known.length ? bitmap : packed(all);
}

/** The start of each set bucket, ms since the epoch, ascending. */
export function bucketsSet(bitmap: Bitmap): number[] {
  return bucketsOf(bitmap).map((bucket) => bucket * BUCKET_MS);
}

/** The set buckets, ascending. */
export function bucketsOf(bitmap: Bitmap): number[] {
  if (bitmap.length === 0) return [];
  const bytes = new Unpacker(bitmap);
  let last = bytes.whole();
  const buckets = [last];
  while (!bytes.isAtEnd) {
    const head = bytes.count();
    if (head % 2 === 0) {
      const distance = bytes.count();
      for (let left = head / 2; left > 0; left -= 1) {
        last += distance;
        buckets.push(last);
      }
      continue;
    }
    const size = (head - 1) / 2;
    const bits = bytes.raw(Math.ceil(size / 8));
    bits.forEach((byte, i) => {
      for (let bit = 0; byte >> bit > 0; bit += 1)
        if ((byte >> bit) % 2 === 1) buckets.push(last + 8 * i + bit + 1);
    });
    last += size;
  }
  return buckets;
}

/** The set with each bucket so many further on: one that is counted from near its first takes fewer bytes. */
export function moved(bitmap: Bitmap, by: number): Bitmap {
  if (bitmap.length === 0) return NO_BEATS;
  const bytes = new Unpacker(bitmap);
  const first = bytes.whole();
  return packer
    .whole(first + by)
    .raw(bitmap.subarray(bytes.at))
    .take();
}

const packer = new Packer();

function packed(buckets: readonly number[]): Bitmap {
  const [first] = buckets;
  if (first === undefined) return NO_BEATS;
  packer.whole(first);
  // The end of the last part, and of the last run: what lies between is written as bits.
  let written = 0;
  for (let i = 0; i < buckets.length - 1; ) {
    const from = buckets[i] ?? 0;
    const distance = (buckets[i + 1] ?? 0) - from;
    let end = i + 1;
    while ((buckets[end + 1] ?? Number.NaN) - (buckets[end] ?? 0) === distance) end += 1;
    if ((end - i) * distance >= RUN_FROM) {
      packBits(buckets, written, i);
      packer.count(2 * (end - i)).count(distance);
      written = end;
    }
    i = end;
  }
  packBits(buckets, written, buckets.length - 1);
  return packer.take();
}

/** One bit for each bucket behind that at `from`, up to that at `to`. */
function packBits(buckets: readonly number[], from: number, to: number): void {
  if (from === to) return;
  const start = (buckets[from] ?? 0) + 1;
  const size = (buckets[to] ?? 0) - start + 1;
  const bits = new Uint8Array(Math.ceil(size / 8));
  for (let i = from + 1; i <= to; i += 1) {
    const bit = (buckets[i] ?? 0) - start;
    bits[bit >> 3] = (bits[bit >> 3] ?? 0) | (1 << (bit & 7));
  }
  packer.count(2 * size + 1).raw(bits);
}

/** The set where it ends in a run, and the buckets only go on with it: this is what nearly every beat does. */
function prolonged(bitmap: Bitmap, more: readonly number[]): Bitmap | undefined {
  if (bitmap.length === 0) return undefined;
  const bytes = new Unpacker(bitmap);
  let last = bytes.whole();
  let lastRun: { at: number; turns: number; distance: number } | undefined;
  while (!bytes.isAtEnd) {
    const { at } = bytes;
    const head = bytes.count();
    if (head % 2 === 0) {
      lastRun = { at, turns: head / 2, distance: bytes.count() };
      last += lastRun.turns * lastRun.distance;
    } else {
      const size = (head - 1) / 2;
      bytes.raw(Math.ceil(size / 8));
      lastRun = undefined;
      last += size;
    }
  }
  if (!lastRun) return undefined;
  let { turns } = lastRun;
  for (const bucket of more) {
    if (bucket === last) continue;
    if (bucket !== last + lastRun.distance) return undefined;
    last = bucket;
    turns += 1;
  }
  if (turns === lastRun.turns) return bitmap;
  return packer
    .raw(bitmap.subarray(0, lastRun.at))
    .count(2 * turns)
    .count(lastRun.distance)
    .take();
}

/** Both ascending lists as one, each bucket once. */
function merged(known: readonly number[], more: readonly number[]): number[] {
  const all: number[] = [];
  let next = 0;
  for (const bucket of more) {
    for (; (known[next] ?? Number.POSITIVE_INFINITY) <= bucket; next += 1) all.push(known[next] ?? 0);
    if (all.at(-1) !== bucket) all.push(bucket);
  }
  for (; next < known.length; next += 1) all.push(known[next] ?? 0);
  return all;
}

function isAscending(buckets: readonly number[]): boolean {
  for (let i = 1; i < buckets.length; i += 1) if ((buckets[i] ?? 0) < (buckets[i - 1] ?? 0)) return false;
  return true;
}
