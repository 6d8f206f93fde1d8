import { useMemo } from "react";
import { sumOf } from "@/components/timeline/group-sum";
import { groupTimes, nodeTimes } from "@/components/timeline/row-times";
import type { RunTimes } from "@/components/timeline/table-lines";
import type { FoldedRow } from "@/lib/drawing/fold-groups";
import type { PathStep } from "@/lib/drawing/path-lines";
import type { RowTimes } from "@/lib/drawing/timeline-marks";

/** What is drawn of each row. It is found when a row comes near, and kept while nothing else is known. */
export function useRowTimes(rows: readonly FoldedRow[], run: RunTimes) {
  const timesOf = useMemo(() => {
    const kept = new Map<number, RowTimes | undefined>();
    return (index: number): RowTimes | undefined => {
      if (kept.has(index)) return kept.get(index);
      const row = rows[index];
      const times = row && timesOfRow(row, run);
      kept.set(index, times);
      return times;
    };
  }, [rows, run]);
  const places = useMemo(() => new Map(rows.map(({ id }, i) => [id, i])), [rows]);
  const path = useMemo(
    () =>
      run.timeline.path.map((id): PathStep => {
        const time = run.timeline.times.get(id);
        return { row: places.get(id), startedAt: time?.startedAt, endedAt: time?.endedAt };
      }),
    [places, run.timeline],
  );
  return { timesOf, path };
}

function timesOfRow({ id, open, folded }: FoldedRow, run: RunTimes): RowTimes | undefined {
  const { timeline, attempts, said, path, now } = run;
  const time = timeline.times.get(id);
  if (time) {
    return nodeTimes(time, {
      attempts: attempts.get(id) ?? [],
      said: said.get(id) ?? [],
      now,
      critical: path.has(id),
    });
  }
  const below = folded.map((key) => timeline.times.get(key)).filter((inner) => inner !== undefined);
  return open ? undefined : groupTimes(sumOf(below, now));
}
