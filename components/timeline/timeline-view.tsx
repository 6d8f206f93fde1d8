"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useRunAddress } from "@/components/run/use-run-address";
import { TimelineChart } from "@/components/timeline/timeline-chart";
import { timelineOf } from "@/components/timeline/timeline-model";
import { EmptyState } from "@/components/ui/empty-state";
import { useMarkPainted } from "@/components/use-mark-painted";
import { useNow } from "@/components/use-now";
import { toMillis } from "@/lib/base/format";
import { receiptsQuery } from "@/lib/client/run-queries";
import { timelineQuery } from "@/lib/client/timeline-query";
import { verdictHistoryQuery } from "@/lib/client/verdict-queries";
import type { RunResource } from "@/lib/contract/runs";

export interface TimelineViewProps {
  run: RunResource;
  /** As it is known now: at a past instant the axis stays as long as it is, so that nothing moves through time. */
  present: RunResource;
  selected: string | undefined;
}

/** Each node's time as a bar, in the order of the work. */
export function TimelineView({ run, present, selected }: TimelineViewProps) {
  const [{ at }] = useRunAddress();
  const clock = useNow(2_000);
  const now = at === undefined ? clock : toMillis(run.at);
  const timeline = useMemo(() => timelineOf(run), [run]);
  const id = run.summary.id;
  const changes = useQuery(verdictHistoryQuery(id, { at })).data?.changes;
  const attempts = useQuery(timelineQuery(id, { at, nodes: run.nodes.length })).data?.attempts;
  const received = useQuery(receiptsQuery(id)).data?.receipts[0]?.at;
  useMarkPainted("timeline", attempts);
  const byNode = useMemo(() => Map.groupBy(attempts ?? [], (attempt) => attempt.nodeKey), [attempts]);
  if (timeline.order.length === 0) {
    return <EmptyState title="No step has been heard of yet">Its bars appear here when it is.</EmptyState>;
  }
  const last = at === undefined ? now : Math.max(now, toMillis(present.summary.endedAt ?? present.at));
  const to = at === undefined ? (timeline.to ?? last) : last;
  return (
    <TimelineChart
      run={run}
      timeline={timeline}
      attempts={byNode}
      changes={changes ?? []}
      from={timeline.from}
      to={Math.max(to, timeline.from + 1_000)}
      now={at === undefined ? (timeline.to ?? now) : now}
      mark={at !== undefined ? "at" : timeline.to === undefined ? "now" : "end"}
      known={received === undefined ? timeline.from : toMillis(received)}
      selected={selected}
    />
  );
}
