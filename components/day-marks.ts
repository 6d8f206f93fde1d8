"use client";

import { useNow } from "@/components/use-now";
import { useTimeZone } from "@/components/use-time-zone";
import { formatDay, type InstantLike } from "@/lib/base/format";

/**
 * The day to write before each of some instants that are told by their hour: where it is another than before, and before the
 * first where that is not `today`. An hour alone would be read as today's.
 */
export function dayMarks(
  instants: readonly InstantLike[],
  today: InstantLike,
  zone: string,
): (string | undefined)[] {
  let before = formatDay(today, zone);
  return instants.map((at) => {
    const day = formatDay(at, zone);
    if (day === before) return undefined;
    before = day;
    return day;
  });
}

export function useDayMarks(instants: readonly InstantLike[]): (string | undefined)[] {
  return dayMarks(instants, useNow(60_000), useTimeZone());
}
