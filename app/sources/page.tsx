import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { connection } from "next/server";
import { PageMain } from "@/components/shell/page-main";
import { TopBar } from "@/components/shell/top-bar";
import { SourceListPulse } from "@/components/sources/source-pulse";
import { SourceTable } from "@/components/sources/source-table";
import { sourceListQuery } from "@/lib/client/source-queries";
import { listSources } from "@/lib/server/queries/sources";

export const metadata: Metadata = { title: "Sources" };

export default async function SourcesPage() {
  await connection();
  const client = new QueryClient();
  // What fails here is asked for again by the browser, which can say what is wrong and when it is over.
  await client.prefetchQuery({ ...sourceListQuery(), queryFn: listSources });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <TopBar live={<SourceListPulse />} />
      <PageMain width="table">
        <h1 className="text-xl font-title tracking-[-0.01em]">Sources</h1>
        <p className="mt-1 mb-3.5 max-w-[80ch] text-pretty text-muted">
          Where events come from, and whether they still do. When a source itself is dark, the silence of its
          runs proves nothing.
        </p>
        <SourceTable />
      </PageMain>
    </HydrationBoundary>
  );
}
