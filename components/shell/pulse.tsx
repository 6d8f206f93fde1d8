"use client";

import { useEffect } from "react";
import { LiveIndicator } from "@/components/shell/live-indicator";
import { useLive } from "@/components/use-live";
import { useLiveState } from "@/components/use-live-state";
import { noteServerInstant } from "@/components/use-now";
import { toMillis } from "@/lib/base/format";
import type { Topic } from "@/lib/contract/live";

export interface PulseProps {
  query: Parameters<typeof useLiveState>[0] & { isFetchedAfterMount: boolean };
  /** What it is told of. */
  topic: Topic;
}

/** How fresh a page is, by the question that it asks most often. */
export function Pulse({ query, topic }: PulseProps) {
  const live = useLiveState(query, useLive([topic]));
  const at = query.data?.at;
  const fetched = query.isFetchedAfterMount;
  useEffect(() => {
    // What came with the page may have lain in a cache; only a fresh answer tells the server's time.
    if (at !== undefined && fetched) noteServerInstant(toMillis(at));
  }, [at, fetched]);
  // As wide as its usual words, so that the bar does not move every second.
  return <LiveIndicator {...live} className="sm:min-w-28" />;
}
