"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { LiveIndicator } from "@/components/shell/live-indicator";
import { useLiveState } from "@/components/use-live-state";
import { noteServerInstant } from "@/components/use-now";
import { toMillis } from "@/lib/base/format";
import { attentionQuery } from "@/lib/client/run-queries";

/** The home page's pulse in the top bar, fed by the question that it asks most often. */
export function HomePulse() {
  const attention = useQuery(attentionQuery());
  const live = useLiveState(attention);
  const at = attention.data?.at;
  const fetched = attention.isFetchedAfterMount;
  useEffect(() => {
    // What came with the page may have lain in a cache; only a fresh answer tells the server's time.
    if (at !== undefined && fetched) noteServerInstant(toMillis(at));
  }, [at, fetched]);
  // As wide as its usual words, so that the bar does not move every second.
  return <LiveIndicator {...live} className="sm:min-w-28" />;
}
