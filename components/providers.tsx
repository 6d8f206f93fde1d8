"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, Suspense, useEffect, useState } from "react";
import { PaletteHost } from "@/components/palette/palette-host";
import { notePageStart, PageStart } from "@/components/use-now";
import { PageOrigin } from "@/components/use-origin";
import { PageTimeZone } from "@/components/use-time-zone";

function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // Live updates say when something changed; until then an answer of a few seconds ago is the answer.
        staleTime: 5_000,
        gcTime: 5 * 60_000,
        refetchOnWindowFocus: true,
        retry: (failures, error) => failures < 3 && mayPass(error),
        retryDelay: (attempt) => Math.min(500 * 2 ** attempt, 10_000),
      },
      mutations: { retry: false },
    },
  });
}

/** No answer at all, or one that says "later". A refusal stays a refusal however often one asks. */
function mayPass(error: Error): boolean {
  const status = "status" in error && typeof error.status === "number" ? error.status : undefined;
  return status === undefined || status === 408 || status === 429 || status >= 500;
}

export interface ProvidersProps {
  /** The server's clock when it rendered, in epoch milliseconds. */
  startedAt: number;
  timeZone: string;
  /** Where the request was sent to; undefined where it does not say so. */
  origin: string | undefined;
  children: ReactNode;
}

export function Providers({ startedAt, timeZone, origin, children }: ProvidersProps) {
  const [client] = useState(newQueryClient);
  useEffect(() => notePageStart(startedAt), [startedAt]);
  return (
    <QueryClientProvider client={client}>
      <PageStart value={startedAt}>
        <PageTimeZone value={timeZone}>
          <PageOrigin value={origin}>
            {children}
            <Suspense>
              <PaletteHost />
            </Suspense>
          </PageOrigin>
        </PageTimeZone>
      </PageStart>
    </QueryClientProvider>
  );
}
