"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useDayMarks } from "@/components/day-marks";
import { RefusedAt, useRunAddress } from "@/components/run/use-run-address";
import { LiveIndicator } from "@/components/shell/live-indicator";
import { ClockTime } from "@/components/ui/time";
import { useLive } from "@/components/use-live";
import { useLiveState } from "@/components/use-live-state";
import { noteServerInstant } from "@/components/use-now";
import { toMillis } from "@/lib/base/format";
import { runQuery } from "@/lib/client/run-queries";

/** In the top bar: how fresh the page is, or at which past instant it stands. */
export function RunLive(props: { runId: string; refusedAt: string | undefined }) {
  return (
    <RefusedAt value={props.refusedAt}>
      <RunPulse runId={props.runId} />
    </RefusedAt>
  );
}

function RunPulse({ runId }: { runId: string }) {
  const [{ at }] = useRunAddress();
  const query = useQuery(runQuery(runId, at));
  // By the id of its root, which may turn out to be another one while events come in.
  const root = query.data?.summary.id;
  const connection = useLive(root === undefined ? [] : [`run:${root}`]);
  const [day] = useDayMarks(at === undefined ? [] : [at]);
  const { state, lastAt } = useLiveState(query, connection);
  const told = at === undefined ? query.data?.at : undefined;
  useEffect(() => {
    if (told !== undefined) noteServerInstant(toMillis(told));
  }, [told]);
  if (at !== undefined) {
    return (
      // In two lines where the bar has no room for one.
      <span className="flex-none whitespace-nowrap text-muted max-sm:grid max-sm:text-right max-sm:text-xs max-sm:leading-tight">
        <span>As of {day && `${day} `}</span>
        <ClockTime at={at} seconds />
      </span>
    );
  }
  return <LiveIndicator state={state} lastAt={lastAt} />;
}
