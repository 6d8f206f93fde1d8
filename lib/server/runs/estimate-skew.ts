/** `of` tells attempts apart; samples that were kept before it was have none. */
export type Sample = readonly [received: number, occurred: number, of?: string];

/**
 * Estimates how far a source's clock is from ours, in ms (theirs minus ours), from samples of [received, occurred].
 *
 * A message cannot arrive before it was sent, so a clock that reads later than ours by more than a network takes is
 * ahead. A clock that reads earlier may be behind, or its messages may come late. What delays messages only adds to
 * their lag, so the least lag is the clock's, where it stays the same (within 5 s to both sides) while at least 20 s of
 * messages were received. No import keeps one lag for so long, and what came after an outage in one go is above it.
 * Several imports may: of attempts that each were told in one go, all an hour late. So one attempt must have kept it.
 */
export function estimateSkewMs(samples: readonly Sample[]): number {
  if (samples.length === 0) return 0;
  const byLag = [...samples].sort((a, b) => lagOf(a) - lagOf(b));
  // The middle, not the least: one message with a slip in its time says nothing of a clock.
  const middle = middleLag(byLag);
  if (middle < -TOLERANCE_MS) return -middle;
  const steady = leastSteadyLag(byLag) ?? 0;
  return steady > STEADY_MS ? -steady : 0;
}

/** Less than this is network and rounding. */
const TOLERANCE_MS = 2_000;
const STEADY_MS = 5_000;
const LEAST_SPAN_MS = 20_000;
const LEAST_SAMPLES = 5;
/** One attempt's messages that come so far apart with one lag were told live. */
const LIVE_SPAN_MS = 5_000;

function lagOf([received, occurred]: Sample): number {
  return received - occurred;
}

function middleLag(byLag: readonly Sample[]): number {
  const middle = byLag[Math.floor(byLag.length / 2)];
  return middle ? lagOf(middle) : 0;
}

/** The middle of the least lags that are alike and were met for long enough; undefined where there are none. */
function leastSteadyLag(byLag: readonly Sample[]): number | undefined {
  for (const [from, least] of byLag.entries()) {
    const alike = byLag.slice(from).filter((sample) => lagOf(sample) <= lagOf(least) + 2 * STEADY_MS);
    if (alike.length < LEAST_SAMPLES) continue;
    const times = alike.map(([received]) => received);
    if (spanOf(times) >= LEAST_SPAN_MS && isLive(alike)) return middleLag(alike);
  }
  return undefined;
}

function isLive(alike: readonly Sample[]): boolean {
  const byAttempt = Map.groupBy(alike, ([, , of]) => of);
  if (byAttempt.has(undefined)) return true;
  return [...byAttempt.values()].some((own) => spanOf(own.map(([received]) => received)) >= LIVE_SPAN_MS);
}

function spanOf(times: readonly number[]): number {
  return Math.max(...times) - Math.min(...times);
}
