"use client";

import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useRunAddress } from "@/components/run/use-run-address";
import { instantWords } from "@/components/timeline/instant-words";
import type { RunTimes } from "@/components/timeline/table-lines";
import { TimelineChart } from "@/components/timeline/timeline-chart";
import { timelineOf } from "@/components/timeline/timeline-model";
import { TimelineSheet } from "@/components/timeline/timeline-sheet";
import { useFold } from "@/components/timeline/use-fold";
import { EmptyState } from "@/components/ui/empty-state";
import { useMarkPainted } from "@/components/use-mark-painted";
import { useNow } from "@/components/use-now";
import { useTimeZone } from "@/components/use-time-zone";
import { weighings } from "@/components/verdicts/verdict-words";
import { toMillis } from "@/lib/base/format";
import { receiptsQuery } from "@/lib/client/run-queries";
import { timelineQuery } from "@/lib/client/timeline-query";
import { verdictHistoryQuery } from "@/lib/client/verdict-queries";
import type { RunResource } from "@/lib/contract/runs";
import type { VerdictChangeResource } from "@/lib/contract/verdict-history";
import { type Stretch, worstOverTime } from "@/lib/drawing/worst-over-time";

export interface TimelineViewProps {
  run: RunResource;
  /** As it is known now: at a past instant the axis stays as long as it is, so that nothing moves through time. */
  present: RunResource;
  selected: string | undefined;
}

const NOTHING_SAID: readonly VerdictChangeResource[] = [];

/** Each node's time as a bar, in the order of the work; or as a table of the same. */
export function TimelineView({ run, present, selected }: TimelineViewProps) {
  const [{ at, as }, go] = useRunAddress();
  const clock = useNow(2_000);
  const zone = useTimeZone();
  const instant = at === undefined ? clock : toMillis(run.at);
  const timeline = useMemo(() => timelineOf(run), [run]);
  const id = run.summary.id;
  const changes = useQuery(verdictHistoryQuery(id, { at })).data?.changes ?? NOTHING_SAID;
  const attempts = useQuery(timelineQuery(id, { at, nodes: run.nodes.length })).data?.attempts;
  const received = useQuery(receiptsQuery(id)).data?.receipts[0]?.at;
  useMarkPainted("timeline", attempts);
  const byNode = useMemo(() => Map.groupBy(attempts ?? [], (attempt) => attempt.nodeKey), [attempts]);
  const [rows, turn] = useFold(run, timeline, selected);
  const select = useCallback((node: string) => go({ node }), [go]);
  const last =
    at === undefined ? instant : Math.max(instant, toMillis(present.summary.endedAt ?? present.at));
  const from = timeline.from;
  const to = Math.max(at === undefined ? (timeline.to ?? last) : last, from + 1_000);
  const now = at === undefined ? (timeline.to ?? instant) : instant;
  const path = useMemo(() => new Set(timeline.path), [timeline]);
  const said = useMemo(() => blamedOverTime(changes, now), [changes, now]);
  const say = useMemo(
    () => instantWords(from, present.summary.endedAt ?? present.at, zone),
    [from, present, zone],
  );
  const times = useMemo<RunTimes>(
    () => ({ timeline, attempts: byNode, said, path, now, say }),
    [timeline, byNode, said, path, now, say],
  );
  if (timeline.order.length === 0) {
    return <EmptyState title="No step has been heard of yet">Its bars appear here when it is.</EmptyState>;
  }
  if (as === "table")
    return <TimelineSheet run={times} {...{ rows, selected }} onSelect={select} onTurn={turn} />;
  return (
    <TimelineChart
      run={times}
      {...{ rows, changes, from, to, selected }}
      mark={at !== undefined ? "at" : timeline.to === undefined ? "now" : "end"}
      known={received === undefined ? from : toMillis(received)}
      onSelect={select}
      onTurn={turn}
    />
  );
}

/** When each node was said to be stuck. What only waited for others was right to: red over it would blame the wrong row. */
function blamedOverTime(
  changes: readonly VerdictChangeResource[],
  now: number,
): ReadonlyMap<string, readonly Stretch[]> {
  const blamed = changes.filter(({ ruleClass }) => ruleClass === "stuck");
  const byNode = Map.groupBy(blamed, ({ nodeKey }) => nodeKey);
  return new Map([...byNode].map(([key, own]) => [key, worstOverTime(weighings(own), now)]));
}
