import { judgedWords, nodeState, nodeWords } from "@/components/graph/node-look";
import type { NodeTime } from "@/components/timeline/timeline-model";
import { stateWord } from "@/components/ui/state-shape";
import { formatClock, formatCount, formatDuration, formatDurationExact, toMillis } from "@/lib/base/format";
import type { TimelineAttempt } from "@/lib/contract/timeline";

export interface RowWords {
  /** What it is, in a few words. */
  readonly head: string;
  /** What happened along its bar, one thing each. */
  readonly lines: readonly string[];
}

/** The latest attempts; of earlier ones only how many there were. */
const TOLD_ATTEMPTS = 3;
const TOLD_GAPS = 3;

/** All that a row draws, in words: for the tooltip, and for who does not see the drawing. */
export function wordsOf(
  { node, waitedFrom, startedAt, held }: NodeTime,
  attempts: readonly TimelineAttempt[],
  { now, zone, critical }: { readonly now: number; readonly zone: string; readonly critical: boolean },
): RowWords {
  const state = stateWord(nodeState(node));
  const words = held ? `waits for ${held.by}` : (judgedWords(node) ?? nodeWords(node, undefined, now));
  const lines: string[] = [];
  if (waitedFrom !== undefined && startedAt !== undefined) {
    lines.push(
      `ready at ${formatClock(waitedFrom, zone, true)}, waited ${formatDuration(startedAt - waitedFrom)}`,
    );
  }
  if (attempts.length > TOLD_ATTEMPTS) lines.push(`${formatCount(attempts.length)} attempts`);
  for (const attempt of attempts.slice(-TOLD_ATTEMPTS)) {
    lines.push(...attemptWords(attempt, attempts.length > 1, now, zone));
  }
  if (critical) lines.push("on the critical path");
  return { head: `${state}: ${words}`, lines };
}

function attemptWords(attempt: TimelineAttempt, isOneOfMany: boolean, now: number, zone: string): string[] {
  const clock = (at: string | number) => formatClock(at, zone, true);
  const lines: string[] = [];
  const { startedAt, endedAt } = attempt;
  if (startedAt !== null) {
    const to = endedAt === null ? now : toMillis(endedAt);
    const took = formatDurationExact(to - toMillis(startedAt));
    const who = isOneOfMany ? `attempt ${attempt.number}, ${attempt.status}: ` : "";
    lines.push(`${who}${clock(startedAt)} to ${endedAt === null ? "now" : clock(endedAt)}, ${took}`);
  }
  for (const { kind, from, to, why } of attempt.phases) {
    if (kind === "running") continue;
    const took = formatDuration((to === null ? now : toMillis(to)) - toMillis(from));
    lines.push(`${kind} for ${took} from ${clock(from)}${why === null ? "" : ` (${why})`}`);
  }
  const gaps = gapsOf(attempt, now);
  for (const { from, to } of gaps.slice(-TOLD_GAPS)) {
    lines.push(`silent for ${formatDuration(to - from)} from ${clock(from)}`);
  }
  const { outputs, cache, progress, logAt } = attempt;
  if (outputs.length > 0) {
    const written = outputs.flatMap(({ writtenAt }) => writtenAt ?? []).sort();
    const last = written.at(-1);
    lines.push(
      `${written.length} of ${outputs.length} outputs written${last === undefined ? "" : `, the last at ${clock(last)}`}`,
    );
  }
  const logged = logAt.at(-1);
  if (logged !== undefined) lines.push(`log last written at ${clock(logged)}`);
  if (progress) {
    const of = progress.total === null ? "" : ` of ${formatCount(progress.total)}`;
    lines.push(
      `${formatCount(progress.done)}${of}${progress.unit === null ? "" : ` ${progress.unit}`} since ${clock(progress.at)}`,
    );
  }
  if (cache) lines.push(`cache: ${cache.status} at ${clock(cache.at)}`);
  return lines;
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
