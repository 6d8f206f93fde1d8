"use client";

import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Mono } from "@/components/ui/mono";
import { StateShape } from "@/components/ui/state-shape";

export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  useEffect(() => {
    console.error(error);
  }, [error]);
  const digest = digestOf(error);
  return (
    <main id="main" className="px-6 py-16">
      <EmptyState
        level={1}
        icon={<StateShape state="unknown" size={28} decorative />}
        title="This page could not be drawn"
        action={
          <>
            <Button variant="primary" onClick={() => retry()}>
              Try again
            </Button>
            {/* A plain link: what broke is left behind with the page. */}
            <a href="/" className="self-center rounded-sm px-2 font-medium hover:underline">
              Go to all runs
            </a>
          </>
        }
      >
        Nothing that was received is lost: events are kept before anything is drawn. If it happens again, look
        in the server’s log{digest ? " for " : "."}
        {digest && (
          <>
            <Mono>{digest}</Mono>.
          </>
        )}
      </EmptyState>
    </main>
  );
}

/** The server's name for what it will not tell the browser. */
function digestOf(error: unknown): string | undefined {
  return error instanceof Error && "digest" in error && typeof error.digest === "string"
    ? error.digest
    : undefined;
}
