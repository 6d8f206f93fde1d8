"use client";

import { useQuery } from "@tanstack/react-query";
import { useParams } from "next/navigation";
import { useEffect } from "react";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Mono } from "@/components/ui/mono";
import { StateShape } from "@/components/ui/state-shape";
import { runQuery } from "@/lib/client/run-queries";

const ASK_EVERY_MS = 2_000;

/** Says what was looked for, and opens the run as soon as it is there. */
export function MissingRun() {
  const params = useParams();
  const raw = params["runId"];
  const runId = decodeURIComponent((Array.isArray(raw) ? raw[0] : raw) ?? "");
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
    <EmptyState
      level={1}
      icon={<StateShape state="planned" size={28} decorative />}
      title="No event has named this run"
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
        Looked for a run, or any attempt in a run, with the id <Mono className="text-text">{runId}</Mono>.
      </p>
      <p className="mt-2">
        Its first event may still be on its way. This page asks every 2 s and opens the run when it arrives.
      </p>
    </EmptyState>
  );
}
