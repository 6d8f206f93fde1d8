import { type GroupSum, sumOf } from "@/components/timeline/group-sum";
import type { InstantWords } from "@/components/timeline/instant-words";
import type { NodeTime, Timeline } from "@/components/timeline/timeline-model";
import type { TimelineAttempt } from "@/lib/contract/timeline";
import type { FoldedRow } from "@/lib/drawing/fold-groups";
import type { Stretch } from "@/lib/drawing/worst-over-time";

/** What is known of a run's rows. */
export interface RunTimes {
  readonly timeline: Timeline;
  readonly attempts: ReadonlyMap<string, readonly TimelineAttempt[]>;
  /** What was said of each node when. */
  readonly said: ReadonlyMap<string, readonly Stretch[]>;
  readonly path: ReadonlySet<string>;
  readonly now: number;
  readonly say: InstantWords;
}

/** A line of the table: an attempt of a node, a node that has none, or a folded group. */
export interface TableLine {
  readonly id: string;
  readonly row: FoldedRow;
  readonly attempt: TimelineAttempt | undefined;
  /** How many attempts the node has. */
  readonly count: number;
}

/** A row's own line is its latest attempt; where `all` is asked for, those before it stand above, oldest first. */
export function linesOf(
  rows: readonly FoldedRow[],
  attempts: RunTimes["attempts"],
  all: boolean,
): readonly TableLine[] {
  return rows.flatMap((row): TableLine[] => {
    const own = attempts.get(row.id) ?? [];
    const count = own.length;
    const latest = { id: row.id, row, attempt: own.at(-1), count };
    if (!all || count < 2) return [latest];
    return [...own.slice(0, -1).map((attempt) => ({ id: attempt.id, row, attempt, count })), latest];
  });
}

/** All that a cell may tell of. */
export interface LineFacts {
  readonly line: TableLine;
  readonly time: NodeTime | undefined;
  readonly sum: GroupSum | undefined;
  /** The line stands for the node as it is now. */
  readonly latest: boolean;
  readonly said: readonly Stretch[];
  readonly critical: boolean;
}

export function factsOf(line: TableLine, { timeline, said, path, now }: RunTimes): LineFacts {
  const { id, folded } = line.row;
  const time = timeline.times.get(id);
  const below = folded.map((key) => timeline.times.get(key)).filter((inner) => inner !== undefined);
  return {
    ...{ line, time },
    sum: time ? undefined : sumOf(below, now),
    latest: line.id === id,
    said: said.get(id) ?? [],
    critical: path.has(id),
  };
}

/** What the row is called; of an earlier attempt, its node. */
export function nameOf({ line, time }: LineFacts): string {
  return time?.node.label ?? line.row.group ?? line.row.id;
}
