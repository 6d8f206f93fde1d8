"use client";

import { useParams } from "next/navigation";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Mono } from "@/components/ui/mono";
import { StateShape } from "@/components/ui/state-shape";

/** Says what was looked for. A not-found page is told nothing, so it asks the address itself. */
export function MissingPipeline() {
  const params = useParams();
  const name = readPart(params["name"]);
  const namespace = readPart(params["namespace"]);
  return (
    <EmptyState
      level={1}
      icon={<StateShape state="planned" size={28} decorative />}
      title="No run of this pipeline is known"
      action={
        <>
          <ButtonLink href={`/pipelines?${new URLSearchParams({ q: name.slice(0, 200) })}`} variant="primary">
            Search for it
          </ButtonLink>
          <ButtonLink href="/pipelines">Go to all pipelines</ButtonLink>
        </>
      }
    >
      <p>
        Looked for runs of the job <Mono className="text-text">{name}</Mono> in the namespace{" "}
        <Mono className="text-text">{namespace}</Mono>.
      </p>
      <p className="mt-2">
        A pipeline is called as the job of its runs. A job that another one starts is a node of that one's
        pipeline, and no pipeline itself.
      </p>
    </EmptyState>
  );
}

function readPart(segment: string | string[] | undefined): string {
  const text = (Array.isArray(segment) ? segment[0] : segment) ?? "";
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
