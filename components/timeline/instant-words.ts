import { formatClock, formatDay, type InstantLike, toMillis } from "@/lib/base/format";

/** How an instant of a run is written. */
export type InstantWords = (at: InstantLike) => string;

/** A run of no longer than this, ms, is told from its days by its hours alone. */
const HOURS_TELL = 20 * 3_600_000;

/** To the second; with the day where the run is so long that hours come again. */
export function instantWords(from: number, to: InstantLike, zone: string): InstantWords {
  const isLong = toMillis(to) - from > HOURS_TELL;
  return (at) => `${isLong ? `${formatDay(at, zone)} ` : ""}${formatClock(at, zone, true)}`;
}
