"use client";

import { NotThere } from "@/components/shell/not-there";
import { useAsked } from "@/components/shell/use-asked";
import { Mono } from "@/components/ui/mono";

/** The page of a pipeline that has no run: says what was looked for. */
export function MissingPipeline() {
  const name = useAsked("name");
  const namespace = useAsked("namespace");
  return (
    <NotThere
      title="No run of this pipeline is known"
      ways={[
        [`/pipelines?${new URLSearchParams({ q: name.slice(0, 200) })}`, "Search for it"],
        ["/pipelines", "Go to all pipelines"],
      ]}
    >
      <p>
        Looked for runs of the job <Mono className="text-text">{name}</Mono> in the namespace{" "}
        <Mono className="text-text">{namespace}</Mono>.
      </p>
      <p className="mt-2">
        A pipeline is called as the job of its runs. A job that another one starts is a node of that one's
        pipeline, and no pipeline itself.
      </p>
    </NotThere>
  );
}
