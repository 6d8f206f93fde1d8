"use client";

import { NotThere } from "@/components/shell/not-there";
import { useAsked } from "@/components/shell/use-asked";
import { Mono } from "@/components/ui/mono";

/** The page of a source that has sent nothing: says what was looked for. */
export function MissingSource() {
  return (
    <NotThere
      title="Nothing has come from this source"
      ways={[
        ["/sources", "Go to all sources"],
        ["/connect", "Connect a source"],
      ]}
    >
      <p>
        Looked for messages of <Mono className="text-text">{useAsked("name")}</Mono>.
      </p>
      <p className="mt-2">
        A source is called as the namespace of its jobs. It appears with its first message, be it taken or
        refused.
      </p>
    </NotThere>
  );
}
