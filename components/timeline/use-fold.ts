"use client";

import { useCallback, useMemo, useState } from "react";
import type { Timeline } from "@/components/timeline/timeline-model";
import type { RunResource } from "@/lib/contract/runs";
import { type FoldedRow, foldGroups } from "@/lib/drawing/fold-groups";

/** The rows, large groups folded into one each, save those that one has opened; what holds the run, and what is chosen, is seen. */
export function useFold(
  run: RunResource,
  timeline: Timeline,
  selected: string | undefined,
): readonly [readonly FoldedRow[], (id: string) => void] {
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const turn = useCallback((id: string) => {
    setTurned((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  }, []);
  const rows = useMemo(() => {
    const kept = new Set(run.diagnosis.blockers.map(({ nodeKey }) => nodeKey));
    if (selected !== undefined) kept.add(selected);
    return foldGroups(timeline.order, { turned, kept });
  }, [run, timeline, selected, turned]);
  return [rows, turn];
}
