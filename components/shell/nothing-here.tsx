import { TopBar } from "@/components/shell/top-bar";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Mono } from "@/components/ui/mono";
import { StateShape } from "@/components/ui/state-shape";

/** The page of an address that leads nowhere. */
export function NothingHere() {
  return (
    <>
      <TopBar />
      <main id="main" className="px-6 py-16">
        <EmptyState
          level={1}
          icon={<StateShape state="planned" size={28} decorative />}
          title="Nothing is kept under this address"
          action={
            <>
              <ButtonLink href="/" variant="primary">
                Go to all runs
              </ButtonLink>
              <ButtonLink href="/connect">Connect a source</ButtonLink>
            </>
          }
        >
          <p>
            A run opens at <Mono>/runs/</Mono> and its id, as its source gave it or as we do. If the link came
            from someone else, a part of it may be missing; a run that has sent nothing yet is not known here
            either.
          </p>
        </EmptyState>
      </main>
    </>
  );
}
