/** How smooth something moved, told from the instants of its frames. */
export interface Smoothness {
  /** Frames in the median and in the worst second. */
  readonly median: number;
  readonly worst: number;
  /** The longest time without a frame, ms. */
  readonly longest: number;
}

const SECOND = 1_000;

/** `frames` are instants in ms, in order. A second begins at each frame, so that no pause is halved by chance. */
export function smoothness(frames: readonly number[]): Smoothness {
  const last = frames.at(-1) ?? 0;
  const counts: number[] = [];
  let longest = 0;
  let end = 0;
  frames.forEach((at, i) => {
    longest = Math.max(longest, at - (frames[i - 1] ?? at));
    if (at + SECOND > last) return;
    while ((frames[end] ?? last) < at + SECOND) end += 1;
    counts.push(end - i);
  });
  counts.sort((a, b) => a - b);
  return {
    median: counts[Math.floor(counts.length / 2)] ?? Number.NaN,
    worst: counts[0] ?? Number.NaN,
    longest,
  };
}
