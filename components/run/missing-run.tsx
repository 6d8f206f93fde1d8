"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { NotThere } from "@/components/shell/not-there";
import { useAsked } from "@/components/shell/use-asked";
import { Mono } from "@/components/ui/mono";
import { runQuery } from "@/lib/client/run-queries";

const ASK_EVERY_MS = 2_000;

/** The page of a run that nobody has told of: says what was looked for, and opens the run as soon as it is there. */
export function MissingRun() {
  const runId = useAsked("runId");
  const { data } = useQuery({
    ...runQuery(runId),
    retry: false,
    refetchInterval: ASK_EVERY_MS,
    enabled: runId !== "",
  });
  useEffect(() => {
    // Next keeps a page that was not found until one leaves it, whatever a refresh brings.
    if (data) window.location.reload();
  }, [data]);
  return (
    <NotThere
      title="No event has named this run"
      ways={[
        ["/", "Go to all runs"],
        ["/connect", "Connect a source"],
      ]}
    >
      <p>
        Looked for a run, or any attempt in a run, with the id <Mono className="text-text">{runId}</Mono>.
      </p>
      <p className="mt-2">
        Its first event may still be on its way. This page asks every 2 s and opens the run when it arrives.
      </p>
    </NotThere>
  );
}
