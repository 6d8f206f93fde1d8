"use client";

import { useQuery } from "@tanstack/react-query";
import { Pulse } from "@/components/shell/pulse";
import { sourceListQuery, sourceQuery } from "@/lib/client/source-queries";

/** The pulse of the list of sources in the top bar. */
export function SourceListPulse() {
  return <Pulse query={useQuery(sourceListQuery())} topic="sources" />;
}

/** The pulse of one source's page. */
export function SourcePulse({ name }: { name: string }) {
  return <Pulse query={useQuery(sourceQuery(name))} topic={`source:${name}`} />;
}
