"use client";

import { useSearchParams } from "next/navigation";
import { type Groups, PipelineScreen } from "@/components/pipelines/pipeline-screen";
import { Notice } from "@/components/ui/notice";
import { readPipelineParams } from "../../search-params";

/** The page of a pipeline as the address asks for it. */
export function PipelineView(props: { namespace: string; name: string }) {
  const { node, groups, ignored } = readPipelineParams(useSearchParams());
  return (
    <>
      {ignored !== undefined && (
        <Notice tone="warn" className="mb-4">
          The link asked for {ignored}; here they are folded.
        </Notice>
      )}
      <PipelineScreen {...props} node={node} groups={groups} onGroups={goTo} />
    </>
  );
}

function goTo(groups: Groups): void {
  const params = new URLSearchParams(window.location.search);
  if (groups === "open") params.set("groups", groups);
  else params.delete("groups");
  const query = params.toString();
  window.history.replaceState(null, "", query ? `?${query}` : window.location.pathname);
}
