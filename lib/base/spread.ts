/** How numbers lie: how many there are, the one in the middle, and the one that 95 of 100 do not exceed. */
export interface Spread {
  readonly samples: number;
  readonly median: number;
  readonly p95: number;
}

/** Undefined where there is no number. Between two samples the line between them holds, as in Postgres' percentile_cont. */
export function spreadOf(numbers: readonly number[]): Spread | undefined {
  if (numbers.length === 0) return undefined;
  const sorted = Float64Array.from(numbers).sort();
  return { samples: sorted.length, median: quantile(sorted, 0.5), p95: quantile(sorted, 0.95) };
}

function quantile(sorted: Float64Array, part: number): number {
  const place = (sorted.length - 1) * part;
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}
