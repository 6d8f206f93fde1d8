"use client";

import { useEffect } from "react";
import { LiveIndicator } from "@/components/shell/live-indicator";
import { useLiveState } from "@/components/use-live-state";
import { noteServerInstant } from "@/components/use-now";
import { toMillis } from "@/lib/base/format";

export interface PulseProps {
  query: Parameters<typeof useLiveState>[0] & { isFetchedAfterMount: boolean };
}

/** How fresh a page is, by the question that it asks most often. */
export function Pulse({ query }: PulseProps) {
  const live = useLiveState(query);
  const at = query.data?.at;
  const fetched = query.isFetchedAfterMount;
  useEffect(() => {
    // What came with the page may have lain in a cache; only a fresh answer tells the server's time.
    if (at !== undefined && fetched) noteServerInstant(toMillis(at));
  }, [at, fetched]);
  // As wide as its usual words, so that the bar does not move every second.
  return <LiveIndicator {...live} className="sm:min-w-28" />;
}
