import type { BadgeTone } from "@/components/ui/badge";
import { formatDuration, formatQuantity } from "@/lib/base/format";
import type { SourceHour, SourceStateName, SourceSummary } from "@/lib/contract/sources";

/** The page of a source. Names may hold slashes, colons and whatever else a producer likes. */
export function sourceHref(name: string): string {
  return `/sources/${encodeURIComponent(name)}`;
}

/** How far back the rhythm is drawn. */
export const SPANS = ["24h", "7d"] as const;
export type Span = (typeof SPANS)[number];

export const SOURCE_TONES: Readonly<Record<SourceStateName, BadgeTone>> = {
  live: "ok",
  quiet: "neutral",
  dark: "suspect",
};

export const SOURCE_WORDS: Readonly<Record<SourceStateName, string>> = {
  live: "Live",
  quiet: "Quiet",
  dark: "Dark",
};

/** What a state means for the verdicts on the source's runs. */
export function stateMeaning({ state, rhythms, lastReceivedAt }: SourceSummary): string {
  if (lastReceivedAt === null) return "Nothing of it could be taken yet.";
  if (state === "live") {
    return rhythms > 0
      ? `${formatQuantity(rhythms, "attempt")} of it ${rhythms === 1 ? "keeps" : "keep"} time.`
      : "It was heard of late.";
  }
  if (state === "dark") {
    return `All ${formatQuantity(rhythms, "attempt")} that kept time are silent: of none can it be said that it is dead.`;
  }
  return rhythms > 0
    ? "Its only attempt that kept time is silent: that may be the attempt or the source."
    : "It keeps no rhythm now, so its silence says nothing.";
}

/** What kind of producer it is; what names no source is gathered under one name. */
export function kindWords({ name, integration, lastReceivedAt }: SourceSummary): string {
  if (name === "unknown" && lastReceivedAt === null) return "what named no source";
  return integration ?? "kind not known";
}

/** Its clock beside ours, in words. */
export function skewWords({ skewSeconds: seconds, lastReceivedAt }: SourceSummary): string {
  if (lastReceivedAt === null) return "not known";
  if (seconds === 0) return "as ours";
  return `${formatDuration(Math.abs(seconds) * 1_000)} ${seconds > 0 ? "ahead" : "behind"}`;
}

export interface HourSums {
  /** All messages, taken or not. */
  readonly messages: number;
  readonly duplicate: number;
  readonly noted: number;
  readonly refused: number;
  readonly beats: number;
}

export function sumHours(hours: readonly SourceHour[]): HourSums {
  const sum = (of: (hour: SourceHour) => number) => hours.reduce((total, hour) => total + of(hour), 0);
  return {
    messages: sum(messagesOf) + sum((hour) => hour.refused),
    duplicate: sum((hour) => hour.duplicate),
    noted: sum((hour) => hour.noted),
    refused: sum((hour) => hour.refused),
    beats: sum((hour) => hour.beats),
  };
}

/** What was taken in an hour, and what had been taken before. */
export function messagesOf(hour: SourceHour): number {
  return hour.accepted + hour.duplicate + hour.noted;
}
