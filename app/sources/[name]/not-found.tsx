import type { Metadata } from "next";
import { TopBar } from "@/components/shell/top-bar";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { StateShape } from "@/components/ui/state-shape";

export const metadata: Metadata = { title: "No such source" };

export default function SourceNotFound() {
  return (
    <>
      <TopBar />
      <main id="main" className="px-6 py-16">
        <EmptyState
          level={1}
          icon={<StateShape state="planned" size={28} decorative />}
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
        </EmptyState>
      </main>
    </>
  );
}
