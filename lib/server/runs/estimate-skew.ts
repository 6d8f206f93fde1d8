/**
 * Estimates how far a source's clock is from ours, in ms (theirs minus ours), from samples of [received, occurred].
 *
 * A message cannot arrive before it was sent, so a clock that reads later than ours by more than a network takes is
 * ahead. A clock that reads earlier may be behind, or its messages may come late: it is called behind only where the
 * lag stays the same (within 5 s) while at least 20 s of messages were received, which no import does.
 */
export function estimateSkewMs(samples: readonly (readonly [received: number, occurred: number])[]): number {
  if (samples.length === 0) return 0;
  const lags = samples.map(([received, occurred]) => received - occurred).sort((a, b) => a - b);
  // The middle, not the least: one message with a slip in its time says nothing of a clock.
  const middle = lags[Math.floor(lags.length / 2)] ?? 0;
  if (middle < -TOLERANCE_MS) return -middle;
  const steady = lags.filter((lag) => Math.abs(lag - middle) <= STEADY_MS).length / lags.length >= 0.8;
  const received = samples.map(([at]) => at);
  const span = Math.max(...received) - Math.min(...received);
  const isBehind = samples.length >= 5 && steady && span >= LEAST_SPAN_MS && middle > STEADY_MS;
  return isBehind ? -middle : 0;
}

/** Less than this is network and rounding. */
const TOLERANCE_MS = 2_000;
const STEADY_MS = 5_000;
const LEAST_SPAN_MS = 20_000;
