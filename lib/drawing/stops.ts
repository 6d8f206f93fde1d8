/** Instants at which something changed, ascending, and the way from one to the next. Numbers in, numbers out. */

/** The stop nearest to an instant, where one is within reach; else the instant itself. */
export function snapTo(stops: readonly number[], at: number, reach: number): number {
  const i = firstAfter(stops, at);
  const nearest = [stops[i - 1], stops[i]].reduce<number | undefined>((best, stop) => {
    if (stop === undefined || Math.abs(stop - at) > reach) return best;
    return best === undefined || Math.abs(stop - at) < Math.abs(best - at) ? stop : best;
  }, undefined);
  return nearest ?? at;
}

/** The so-manyth stop behind an instant, or before it where `by` is negative; undefined beyond the ends. */
export function stopFrom(stops: readonly number[], at: number, by: number): number | undefined {
  const after = firstAfter(stops, at);
  if (by > 0) return stops[after + by - 1];
  const before = stops[after - 1] === at ? after - 1 : after;
  return stops[before + by];
}

/**
 * The next stop, or the instant at which time alone may change the answer, where that comes before it. `least` keeps
 * what changes all the time from being followed step by step.
 */
export function nextStop(
  stops: readonly number[],
  at: number,
  changesAt: number | null,
  least: number,
): number | undefined {
  const stop = stopFrom(stops, at, 1);
  if (changesAt === null) return stop;
  const change = Math.max(changesAt, at + least);
  return stop === undefined || change < stop ? change : stop;
}

/** At most so many of them, spread evenly, the last among them. */
export function someOf(stops: readonly number[], most: number): number[] {
  const stride = Math.max(1, Math.ceil(stops.length / most));
  return stops.filter((_, i) => (stops.length - 1 - i) % stride === 0);
}

function firstAfter(stops: readonly number[], at: number): number {
  let low = 0;
  let high = stops.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stops[middle] ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}
