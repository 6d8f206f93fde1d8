import type { Metadata } from "next";
import { NotThere } from "@/components/shell/not-there";
import { ButtonLink } from "@/components/ui/button";

export const metadata: Metadata = { title: "No such source" };

export default function SourceNotFound() {
  return (
    <NotThere
      title="Nothing has come from this source"
      action={
        <>
          <ButtonLink href="/sources" variant="primary">
            Go to all sources
          </ButtonLink>
          <ButtonLink href="/connect">Connect a source</ButtonLink>
        </>
      }
    >
      <p>
        A source is called as the namespace of its jobs. It appears with its first message, be it taken or
        refused.
      </p>
    </NotThere>
  );
}
