"use client";

import { messagesOf, sumHours } from "@/components/sources/source-words";
import { BarStrip } from "@/components/ui/bar-strip";
import { useTimeZone } from "@/components/use-time-zone";
import { formatClock, formatCount, formatDay, formatQuantity, toMillis } from "@/lib/base/format";
import type { SourceHour } from "@/lib/contract/sources";

const HOUR_MS = 3_600_000;
/** So many hours at most have room for the time below them. */
const SHORT = 48;

/** Messages per hour, small: for a row. */
export function RhythmStrip({ hours }: { hours: readonly SourceHour[] }) {
  return (
    <BarStrip
      label={rhythmWords(hours)}
      bars={hours.map((hour) => ({ key: hour.at, value: messagesOf(hour), wrong: hour.refused }))}
    />
  );
}

/** Messages per hour, large, and beats below them where there are any. */
export function RhythmChart({ hours }: { hours: readonly SourceHour[] }) {
  const zone = useTimeZone();
  const sums = sumHours(hours);
  const when = (hour: SourceHour) => {
    const end = formatClock(toMillis(hour.at) + HOUR_MS, zone);
    return `${formatDay(hour.at, zone)}, ${formatClock(hour.at, zone)} to ${end}`;
  };
  const marks = [0, 0.25, 0.5, 0.75].flatMap((part) => hours[Math.floor(part * hours.length)] ?? []);
  const mark = ({ at }: SourceHour) => (hours.length > SHORT ? formatDay(at, zone) : formatClock(at, zone));
  return (
    <div className="grid gap-1.5">
      <BarStrip
        height={96}
        label={rhythmWords(hours)}
        bars={hours.map((hour) => ({
          key: hour.at,
          value: messagesOf(hour),
          wrong: hour.refused,
          title: `${when(hour)}: ${formatQuantity(messagesOf(hour), "message")} taken, ${formatCount(hour.refused)} refused`,
        }))}
      />
      {sums.beats > 0 && (
        <BarStrip
          height={28}
          label={`${formatQuantity(sums.beats, "beat")} ${spanWords(hours)}`}
          bars={hours.map((hour) => ({
            key: hour.at,
            value: hour.beats,
            wrong: 0,
            title: `${when(hour)}: ${formatQuantity(hour.beats, "beat")}`,
          }))}
          className="opacity-60"
        />
      )}
      <div className="grid grid-cols-4 text-xs text-faint tabular-nums" aria-hidden="true">
        {marks.map((hour, index) => (
          <span key={hour.at} className="flex justify-between gap-2 whitespace-nowrap">
            {mark(hour)}
            {index === marks.length - 1 && <span>now</span>}
          </span>
        ))}
      </div>
    </div>
  );
}

function rhythmWords(hours: readonly SourceHour[]): string {
  const { messages, refused } = sumHours(hours);
  const wrong = refused > 0 ? `, ${formatCount(refused)} of them refused` : "";
  return `${formatQuantity(messages, "message")} ${spanWords(hours)}${wrong}`;
}

function spanWords(hours: readonly SourceHour[]): string {
  return hours.length > SHORT ? `in ${Math.round(hours.length / 24)} days` : `in ${hours.length} hours`;
}
