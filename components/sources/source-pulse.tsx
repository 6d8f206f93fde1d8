"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { LiveIndicator } from "@/components/shell/live-indicator";
import { useLiveState } from "@/components/use-live-state";
import { noteServerInstant } from "@/components/use-now";
import { toMillis } from "@/lib/base/format";
import { sourceListQuery, sourceQuery } from "@/lib/client/source-queries";

/** The pulse of the list of sources in the top bar. */
export function SourceListPulse() {
  return <Pulse query={useQuery(sourceListQuery())} />;
}

/** The pulse of one source's page. */
export function SourcePulse({ name }: { name: string }) {
  return <Pulse query={useQuery(sourceQuery(name))} />;
}

function Pulse({ query }: { query: Parameters<typeof useLiveState>[0] & { isFetchedAfterMount: boolean } }) {
  const live = useLiveState(query);
  const at = query.data?.at;
  const fetched = query.isFetchedAfterMount;
  useEffect(() => {
    // What came with the page may have lain in a cache; only a fresh answer tells the server's time.
    if (at !== undefined && fetched) noteServerInstant(toMillis(at));
  }, [at, fetched]);
  return <LiveIndicator {...live} className="sm:min-w-28" />;
}
