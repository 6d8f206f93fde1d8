import { judgedWords, nodeState, nodeWords } from "@/components/graph/node-look";
import type { InstantWords } from "@/components/timeline/instant-words";
import type { NodeTime } from "@/components/timeline/timeline-model";
import { stateWord } from "@/components/ui/state-shape";
import { formatCount, formatDuration, formatDurationExact, toMillis } from "@/lib/base/format";
import type { TimelineAttempt } from "@/lib/contract/timeline";
import type { Told } from "@/lib/drawing/timeline-marks";

export interface RowWords {
  /** What it is, in a few words. */
  readonly head: string;
  /** What happened along its bar, one thing each. */
  readonly lines: readonly string[];
}

/** The latest attempts; of earlier ones only how many there were. */
const TOLD_ATTEMPTS = 3;
const TOLD_GAPS = 3;

/** All that a row draws, in words: for the tooltip. */
export function wordsOf(
  { node, waitedFrom, startedAt, held }: NodeTime,
  attempts: readonly TimelineAttempt[],
  { now, say, critical }: { readonly now: number; readonly say: InstantWords; readonly critical: boolean },
): RowWords {
  const state = stateWord(nodeState(node));
  const words = held ? `waits for ${held.by}` : (judgedWords(node) ?? nodeWords(node, undefined, now));
  const lines: string[] = [];
  if (waitedFrom !== undefined && startedAt !== undefined) {
    lines.push(`ready at ${say(waitedFrom)}, waited ${formatDuration(startedAt - waitedFrom)}`);
  }
  if (attempts.length > TOLD_ATTEMPTS) lines.push(`${formatCount(attempts.length)} attempts`);
  for (const attempt of attempts.slice(-TOLD_ATTEMPTS)) {
    lines.push(...attemptWords(attempt, attempts.length > 1, now, say));
  }
  if (critical) lines.push("on the critical path");
  return { head: `${state}: ${words}`, lines };
}

function attemptWords(
  attempt: TimelineAttempt,
  isOneOfMany: boolean,
  now: number,
  say: InstantWords,
): string[] {
  const lines: string[] = [];
  const { startedAt, endedAt } = attempt;
  if (startedAt !== null) {
    const to = endedAt === null ? now : toMillis(endedAt);
    const took = formatDurationExact(to - toMillis(startedAt));
    const who = isOneOfMany ? `attempt ${attempt.number}, ${attempt.status}: ` : "";
    lines.push(`${who}${say(startedAt)} to ${endedAt === null ? "now" : say(endedAt)}, ${took}`);
  }
  for (const { kind, from, to, why } of attempt.phases) {
    if (kind === "running") continue;
    const took = formatDuration((to === null ? now : toMillis(to)) - toMillis(from));
    lines.push(`${kind} for ${took} from ${say(from)}${why === null ? "" : ` (${why})`}`);
  }
  const gaps = gapsOf(attempt, now);
  for (const { from, to } of gaps.slice(-TOLD_GAPS)) {
    lines.push(`silent for ${formatDuration(to - from)} from ${say(from)}`);
  }
  const [outputs, log, progress, cache] = [outputWords, logWords, progressWords, cacheWords].map((words) =>
    words(attempt, say),
  );
  if (outputs) lines.push(`outputs: ${outputs}`);
  if (log) lines.push(`log last written at ${log}`);
  if (progress) lines.push(progress);
  if (cache) lines.push(`cache: ${cache}`);
  return lines;
}

/** `2 of 2 written, the last at 02:34:51`. */
export function outputWords({ outputs }: TimelineAttempt, say: InstantWords): string | undefined {
  if (outputs.length === 0) return undefined;
  const written = outputs.flatMap(({ writtenAt }) => writtenAt ?? []).sort();
  const last = written.at(-1);
  return `${written.length} of ${outputs.length} written${last === undefined ? "" : `, the last at ${say(last)}`}`;
}

/** When its log was last written. */
export function logWords({ logAt }: TimelineAttempt, say: InstantWords): string | undefined {
  const last = logAt.at(-1);
  return last === undefined ? undefined : say(last);
}

/** `50 of 400 steps since 02:30:00`. */
export function progressWords({ progress }: TimelineAttempt, say: InstantWords): string | undefined {
  if (!progress) return undefined;
  const of = progress.total === null ? "" : ` of ${formatCount(progress.total)}`;
  const unit = progress.unit === null ? "" : ` ${progress.unit}`;
  return `${formatCount(progress.done)}${of}${unit} since ${say(progress.at)}`;
}

/** `MISS at 02:10:00`. */
export function cacheWords({ cache }: TimelineAttempt, say: InstantWords): string | undefined {
  return cache ? `${cache.status} at ${say(cache.at)}` : undefined;
}

/** What a mark tells of which the pointer rests, in a line. */
export function toldWords(told: Told, say: InstantWords): string {
  const during = ({ from, to }: { readonly from: number; readonly to: number }) =>
    `${formatDuration(to - from)}, from ${say(from)} to ${say(to)}`;
  switch (told.what) {
    case "phase":
      return `${told.phase} ${during(told)}${told.why === null ? "" : ` (${told.why})`}`;
    case "gap":
      return `silent ${during(told)}`;
    case "wait":
      return `ready, waited ${during(told)}`;
    case "said":
      return `said to be stuck ${during(told)}`;
    case "output":
      return `${told.name} ${told.written ? "written" : "declared"} at ${say(told.at)}`;
    case "log":
      return `log written at ${say(told.at)}`;
    case "cache":
      return `cache: ${told.status} at ${say(told.at)}`;
  }
}

/** Silences of an attempt, as times. */
export function gapsOf(
  attempt: TimelineAttempt,
  now: number,
): { readonly from: number; readonly to: number }[] {
  const bar = stripBar(attempt, now);
  if (!bar) return [];
  const length = bar.to - bar.from;
  return attempt.strip
    .filter(({ kind }) => kind === "gap")
    .map(({ from, to }) => ({ from: bar.from + from * length, to: bar.from + to * length }));
}

/** From when to when the parts of a strip are counted. */
export function stripBar(
  { startedAt, endedAt }: TimelineAttempt,
  now: number,
): { readonly from: number; readonly to: number } | undefined {
  if (startedAt === null) return undefined;
  const from = toMillis(startedAt);
  return { from, to: Math.max(from + 1, endedAt === null ? now : toMillis(endedAt)) };
}
