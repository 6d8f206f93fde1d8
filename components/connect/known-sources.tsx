"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { formatQuantity } from "@/lib/base/format";
import { runFacetsQuery } from "@/lib/client/run-queries";

/** Soon enough for somebody who has just sent an event and looks here for it. */
const LOOK_EVERY_MS = 2_000;

/** Which sources have been heard of; a new one appears by itself. */
export function KnownSources() {
  const { data } = useQuery({ ...runFacetsQuery(), refetchInterval: LOOK_EVERY_MS });
  const sources = data?.sources ?? [];
  return (
    <p role="status" className="flex flex-wrap items-center gap-x-2 gap-y-1 text-muted">
      {sources.length === 0 ? (
        <>
          <span aria-hidden="true" className="size-2 flex-none animate-breathe rounded-full bg-run" />
          Waiting for the first event
        </>
      ) : (
        <>
          <span aria-hidden="true" className="size-2 flex-none rounded-full bg-ok" />
          {formatQuantity(sources.length, "source")} heard of:
          {sources.map((source) => (
            <Link
              key={source}
              href={`/?${new URLSearchParams({ source })}`}
              className="animate-appear text-accent hover:underline"
            >
              {source}
            </Link>
          ))}
        </>
      )}
    </p>
  );
}
