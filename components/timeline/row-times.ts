import { judgedWords, nodeState } from "@/components/graph/node-look";
import { type GroupSum, sumWords } from "@/components/timeline/group-sum";
import { gapsOf, stripBar } from "@/components/timeline/row-words";
import type { NodeTime } from "@/components/timeline/timeline-model";
import { type StateName, stateWord } from "@/components/ui/state-shape";
import { formatDuration, toMillis } from "@/lib/base/format";
import type { TimelineAttempt } from "@/lib/contract/timeline";
import type { AttemptTimes, RowTimes, Tone } from "@/lib/drawing/timeline-marks";
import type { Stretch } from "@/lib/drawing/worst-over-time";

export interface RowContext {
  readonly attempts: readonly TimelineAttempt[];
  /** What was said of it that is said no more, or is said still. */
  readonly said: readonly Stretch[];
  readonly now: number;
  readonly critical: boolean;
}

const LOUD: Partial<Record<StateName, Tone>> = {
  stuck: "stuck",
  suspect: "suspect",
  slow: "slow",
  unknown: "wait",
  waiting: "wait",
};

/** What is drawn of a node: waited, ran, and what has been wrong since; the life line under it. */
export function nodeTimes(time: NodeTime, { attempts, said, now, critical }: RowContext): RowTimes {
  const { node, startedAt, endedAt, waitedFrom, held } = time;
  const state = nodeState(node);
  const tone = LOUD[state];
  const wrong = node.verdict && tone ? toMillis(node.verdict.since) : undefined;
  // A run that was judged from its very start still has a bar.
  const since = wrong === undefined ? undefined : Math.max(wrong, startedAt ?? wrong);
  const words = judgedWords(node) ?? stateWord(state).toLowerCase();
  const latest = attempts.at(-1);
  return {
    waited:
      waitedFrom !== undefined && startedAt !== undefined
        ? { what: "wait", from: waitedFrom, to: startedAt }
        : undefined,
    attempts: attempts.map((attempt) =>
      attempt === latest
        ? attemptTimes(attempt, toneOf(time), now, since)
        : attemptTimes(attempt, earlierTone(attempt), now, undefined),
    ),
    critical: critical && startedAt !== undefined ? { from: startedAt, to: endedAt ?? now } : undefined,
    said: said.map(({ from, to }) => ({ what: "said", from, to })),
    judged: since !== undefined && tone ? { from: since, to: now, tone, words } : undefined,
    held:
      held && since === undefined ? { from: held.since, to: now, words: `waits for ${held.by}` } : undefined,
    summed: undefined,
  };
}

/** What is drawn of a folded group. */
export function groupTimes(sum: GroupSum): RowTimes {
  const tone = sum.failed > 0 ? "stuck" : sum.done === sum.size ? "ok" : "run";
  return {
    ...{ waited: undefined, attempts: [], critical: undefined, said: [], judged: undefined, held: undefined },
    summed: sum.from === undefined ? undefined : { from: sum.from, to: sum.to, tone, words: sumWords(sum) },
  };
}

/** `until`: since when it is judged; what comes after is drawn as such. */
function attemptTimes(
  attempt: TimelineAttempt,
  tone: Tone,
  now: number,
  until: number | undefined,
): AttemptTimes {
  const bar = stripBar(attempt, now);
  return {
    tone,
    phases: attempt.phases.flatMap(({ kind, from, to, why }) => {
      const start = toMillis(from);
      const end = Math.min(to === null ? now : toMillis(to), until ?? Number.POSITIVE_INFINITY);
      return end < start ? [] : [{ what: "phase" as const, phase: kind, why, from: start, to: end }];
    }),
    strip: bar && attempt.strip.length > 0 ? { ...bar, parts: attempt.strip } : undefined,
    gaps: gapsOf(attempt, now).map(({ from, to }) => ({
      ...{ what: "gap" as const, from, to },
      words: `silent ${formatDuration(to - from)}`,
    })),
    outputs: attempt.outputs.flatMap(({ name, declaredAt, writtenAt }) => {
      const at = writtenAt ?? declaredAt;
      return at === null
        ? []
        : [{ what: "output" as const, name, at: toMillis(at), written: writtenAt !== null }];
    }),
    logs: attempt.logAt.map((at) => ({ what: "log", at: toMillis(at) })),
    cache: attempt.cache
      ? { what: "cache", at: toMillis(attempt.cache.at), status: attempt.cache.status }
      : undefined,
  };
}

function toneOf({ node }: NodeTime): Tone {
  if (node.status === "reused") return "reuse";
  const state = nodeState(node);
  if (state === "finished") return "ok";
  if (state === "failed") return "stuck";
  return node.status === "running" ? "run" : "quiet";
}

function earlierTone({ status }: TimelineAttempt): Tone {
  if (status === "completed") return "ok";
  return status === "failed" ? "stuck" : "quiet";
}
