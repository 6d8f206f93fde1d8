"use client";

import { useQuery } from "@tanstack/react-query";
import { Pulse } from "@/components/shell/pulse";
import { pipelineListQuery, pipelineQuery } from "@/lib/client/pipeline-queries";

/** The pulse of the list of pipelines in the top bar. */
export function PipelineListPulse({ q }: { q: string }) {
  return <Pulse query={useQuery(pipelineListQuery(q))} topic="runs" />;
}

/** The pulse of one pipeline's page. */
export function PipelinePulse(props: { namespace: string; name: string }) {
  return <Pulse query={useQuery(pipelineQuery(props.namespace, props.name))} topic="runs" />;
}
