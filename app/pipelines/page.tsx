import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import Form from "next/form";
import { PipelineListPulse } from "@/components/pipelines/pipeline-pulse";
import { PipelineTable } from "@/components/pipelines/pipeline-table";
import { PageMain } from "@/components/shell/page-main";
import { TopBar } from "@/components/shell/top-bar";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { pipelineListQuery } from "@/lib/client/pipeline-queries";
import { listPipelines } from "@/lib/server/queries/pipeline-list";
import { readListParams } from "./search-params";

export const metadata: Metadata = { title: "Pipelines" };

interface PipelinesPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function PipelinesPage({ searchParams }: PipelinesPageProps) {
  const { q, ignored } = readListParams(await searchParams);
  const client = new QueryClient();
  // What fails here is asked for again by the browser, which can say what is wrong and when it is over.
  await client.prefetchQuery({ ...pipelineListQuery(q), queryFn: () => listPipelines(q) });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <TopBar live={<PipelineListPulse q={q} />} />
      <PageMain width="table">
        <h1 className="text-xl font-title tracking-[-0.01em]">Pipelines</h1>
        <p className="mt-1 mb-3.5 max-w-[80ch] text-pretty text-muted">
          What runs again and again. A pipeline's page shows its runs side by side: what they took, what held
          them, and what they reused.
        </p>
        {ignored !== undefined && (
          <Notice tone="warn" className="mb-3">
            The link asked for {ignored}; here are all pipelines.
          </Notice>
        )}
        <Form action="/pipelines" className="mb-3 flex gap-2">
          <input
            // What is searched for is the address's: a way back shows what it showed.
            key={q}
            type="search"
            name="q"
            defaultValue={q}
            maxLength={200}
            placeholder="A part of a name or namespace"
            aria-label="Search pipelines"
            autoComplete="off"
            spellCheck={false}
            className="h-[30px] w-72 min-w-0 rounded-lg border border-line bg-panel px-2.5 placeholder:text-faint focus-visible:border-accent focus-visible:outline focus-visible:outline-accent max-sm:h-9 max-sm:flex-1 max-sm:text-[16px]"
          />
          <Button type="submit" className="max-sm:h-9">
            Search
          </Button>
        </Form>
        <PipelineTable q={q} />
      </PageMain>
    </HydrationBoundary>
  );
}
