import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { ConnectGuide } from "@/components/connect/connect-guide";
import { KnownSources } from "@/components/connect/known-sources";
import { PageMain } from "@/components/shell/page-main";
import { TopBar } from "@/components/shell/top-bar";
import { runFacetsQuery } from "@/lib/client/run-queries";
import { readRunFacets } from "@/lib/server/queries/run-facets";

export const metadata: Metadata = { title: "Connect a source" };

export default async function ConnectPage() {
  const client = new QueryClient();
  await client.prefetchQuery({ ...runFacetsQuery(), queryFn: () => readRunFacets() });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <TopBar />
      <PageMain width="cards">
        <h1 className="text-xl font-title tracking-[-0.01em]">Connect a source</h1>
        <p className="mt-1 mb-2 max-w-[80ch] text-pretty text-muted">
          Unstuck speaks OpenLineage. Whatever emits it needs one changed address; what does not can say so
          itself in a few lines.
        </p>
        <div className="mb-4">
          <KnownSources />
        </div>
        <ConnectGuide />
      </PageMain>
    </HydrationBoundary>
  );
}
