"use client";

import { cx } from "@/components/ui/cx";
import { Tooltip } from "@/components/ui/tooltip";
import { useTimeZone } from "@/components/use-time-zone";
import {
  formatAge,
  formatClock,
  formatDuration,
  formatDurationExact,
  formatInstant,
  type InstantLike,
  toIsoText,
} from "@/lib/base/format";

/** Local time with its zone, and UTC below it. */
export function ExactTime({ at }: { at: InstantLike }) {
  const zone = useTimeZone();
  return (
    <span className="grid tabular-nums">
      <span>{formatInstant(at, zone)}</span>
      {zone !== "UTC" && <span className="text-muted">{formatInstant(at, "UTC")}</span>}
    </span>
  );
}

export interface RelativeTimeProps {
  at: InstantLike;
  /** From `useNow`, so that all ages on a page change together. */
  now: InstantLike;
  /** A word before the age, such as "last seen". */
  prefix?: string;
  className?: string;
}

/** `4 min ago`, with the exact instant on hover. */
export function RelativeTime({ at, now, prefix, className }: RelativeTimeProps) {
  return (
    <Tooltip content={<ExactTime at={at} />}>
      <time dateTime={toIsoText(at)} className={cx("whitespace-nowrap tabular-nums", className)}>
        {prefix ? `${prefix} ` : ""}
        {formatAge(at, now)}
      </time>
    </Tooltip>
  );
}

export interface ClockTimeProps {
  at: InstantLike;
  seconds?: boolean;
  className?: string;
}

/** `22:04` in the reader's zone, with the date, the zone and UTC on hover. */
export function ClockTime({ at, seconds = false, className }: ClockTimeProps) {
  const zone = useTimeZone();
  return (
    <Tooltip content={<ExactTime at={at} />}>
      <time dateTime={toIsoText(at)} className={cx("whitespace-nowrap tabular-nums", className)}>
        {formatClock(at, zone, seconds)}
      </time>
    </Tooltip>
  );
}

export interface DurationProps {
  ms: number;
  /** To the second: `41m 09s` and not `41m`. */
  exact?: boolean;
  className?: string;
}

/** `1h 41m`. */
export function Duration({ ms, exact = false, className }: DurationProps) {
  return (
    <span className={cx("whitespace-nowrap tabular-nums", className)}>
      {exact ? formatDurationExact(ms) : formatDuration(ms)}
    </span>
  );
}

/** The day of what follows, in a list whose lines tell the hour alone. */
export function DayLine({ day, className }: { day: string | undefined; className?: string }) {
  if (day === undefined) return null;
  return <p className={cx("pt-1 text-xs text-faint", className)}>{day}</p>;
}
