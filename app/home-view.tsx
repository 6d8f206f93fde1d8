"use client";

import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { homeHref, isFiltered, rawParams, readHomeParams } from "@/app/search-params";
import { ConnectGuide } from "@/components/connect/connect-guide";
import { FirstEvent } from "@/components/connect/first-event";
import { AttentionList } from "@/components/runs/attention-list";
import { RunBrowser } from "@/components/runs/run-browser";
import { Skeleton } from "@/components/ui/skeleton";
import { Unread } from "@/components/ui/unread";
import { attentionQuery } from "@/lib/client/run-queries";
import type { RunFilters } from "@/lib/client/run-query-params";

/** The home page as the address asks for it. Filters change the address without a visit to the server. */
export function HomeView({ ruleTitles }: { ruleTitles: Readonly<Record<string, string>> }) {
  const { filters, ignored } = readHomeParams(rawParams(useSearchParams()));
  const attention = useQuery(attentionQuery());

  if (attention.data?.empty && !isFiltered(filters)) {
    return (
      <>
        <FirstEvent />
        <ConnectGuide />
      </>
    );
  }
  return (
    <>
      {attention.data ? (
        <AttentionList attention={attention.data} />
      ) : (
        <AttentionMissing
          error={attention.error}
          onRetry={() => {
            void attention.refetch();
          }}
        />
      )}
      <RunBrowser filters={filters} ignored={ignored} onFilters={goTo} ruleTitles={ruleTitles} />
    </>
  );
}

function goTo(filters: RunFilters, how: "push" | "replace"): void {
  const href = homeHref(filters);
  if (how === "push") window.history.pushState(null, "", href);
  else window.history.replaceState(null, "", href);
}

function AttentionMissing({ error, onRetry }: { error: Error | null; onRetry: () => void }) {
  return (
    <section className="mb-[26px]">
      {error === null ? <Skeleton className="mb-3 h-6 w-44" /> : <h1 className="sr-only">Home</h1>}
      <Unread what="What needs attention" error={error} onRetry={onRetry} rows={4} height={62} />
    </section>
  );
}
