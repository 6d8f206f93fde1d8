/** How a message's time stood to its receipt, and whether its attempt was told of as it happened. */
export type ClockSample = readonly [received: number, occurred: number, live?: 1];

/** When something happened, by its source's clock, and when it was received. */
interface Told {
  readonly at: number;
  readonly receivedAt: number;
}

/** What was said of an attempt before: the first of it and the last, as far as there was any. */
export interface Before {
  readonly first?: Told | undefined;
  readonly last?: Told | undefined;
}

/**
 * A sample of something that was said of an attempt. It was told as it happened where since something that was said
 * before as much time had passed on both clocks, and enough to tell: in an import, a log that is replayed, or after an
 * outage none passes on ours.
 */
export function clockSample({ first, last }: Before, { at, receivedAt }: Told): ClockSample {
  const isLive = [first, last].some((before) => {
    if (!before) return false;
    const passed = receivedAt - before.receivedAt;
    return passed >= LIVE_SPAN_MS && Math.abs(at - before.at - passed) <= Math.min(STEADY_MS, passed / 2);
  });
  return isLive ? [receivedAt, at, 1] : [receivedAt, at];
}

/** Of each kind, told live or not, so many samples are kept of a source: enough for a median, little enough for one row. */
export const KEPT_OF_EACH = 20;

/**
 * Of samples, the latest first, those that are kept. What begins all at once, as hundreds of instances of a step do, tells
 * nothing of a clock, and must not push out what does.
 */
export function keptSamples(samples: readonly ClockSample[]): ClockSample[] {
  let [live, others] = [0, 0];
  return samples.filter((sample) => (sample[2] === 1 ? ++live : ++others) <= KEPT_OF_EACH);
}

/**
 * Estimates how far a source's clock is from ours, in ms (theirs minus ours).
 *
 * A message cannot arrive before it was sent, so a clock that reads later than ours by more than a network takes is
 * ahead. A clock that reads earlier may be behind, or its messages may come late. What delays messages only adds to
 * their lag, so the least lag is the clock's, where three messages or more of what is told live have it (within 5 s to
 * both sides). What came with less lag, more than a slip now and then, shows that the clock is not behind by more than
 * that.
 */
export function estimateSkewMs(samples: readonly ClockSample[]): number {
  if (samples.length === 0) return 0;
  const byLag = [...samples].sort((a, b) => lagOf(a) - lagOf(b));
  const live = byLag.filter((sample) => sample[2] === 1);
  // The middle, not the least: one message with a slip in its time says nothing of a clock. Nor does what came late.
  const middle = middleLag(live.length >= LEAST_SAMPLES ? live : byLag);
  if (middle < -TOLERANCE_MS) return -middle;
  const steady = leastLiveLag(byLag, live) ?? 0;
  return steady > STEADY_MS ? -steady : 0;
}

/**
 * The least lag of messages, ms: a source's clock is not behind by more. A slip now and then is left out; undefined where
 * nothing is known.
 */
export function leastLagMs(samples: readonly ClockSample[]): number | undefined {
  const lags = samples.map(lagOf).sort((a, b) => a - b);
  return lags[Math.floor(lags.length / ONE_SLIP_IN)];
}

/** Less than this is network and rounding. */
const TOLERANCE_MS = 2_000;
/** Lags, or spans on two clocks, that differ by no more are alike, ms: the way of a message takes as long. */
const STEADY_MS = 5_000;
/** Shorter, a pause between two messages that were kept could be taken for time that passed. */
const LIVE_SPAN_MS = 5_000;
/** Fewer that are alike may be chance. */
const LEAST_SAMPLES = 3;
/** Of so many messages one may have a slip in its time. */
const ONE_SLIP_IN = 20;

function lagOf([received, occurred]: ClockSample): number {
  return received - occurred;
}

function middleLag(byLag: readonly ClockSample[]): number {
  const middle = byLag[Math.floor(byLag.length / 2)];
  return middle ? lagOf(middle) : 0;
}

/** The middle of the least lags that are alike, of what was told live; undefined where there are none. */
function leastLiveLag(byLag: readonly ClockSample[], live: readonly ClockSample[]): number | undefined {
  const slips = Math.floor(byLag.length / ONE_SLIP_IN);
  for (const [from, sample] of live.slice(0, slips + 1).entries()) {
    const least = lagOf(sample);
    const alike = live.slice(from).filter((other) => lagOf(other) <= least + 2 * STEADY_MS);
    const below = byLag.filter((other) => lagOf(other) < least - 2 * STEADY_MS);
    if (alike.length >= LEAST_SAMPLES && below.length <= slips) return middleLag(alike);
  }
  return undefined;
}
