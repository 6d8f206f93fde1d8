import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { pipelineHref } from "@/components/pipelines/pipeline-words";
import { runPageHref } from "@/components/run/run-address";
import { ShareButton } from "@/components/run/share-button";
import { PageMain } from "@/components/shell/page-main";
import { TopBar } from "@/components/shell/top-bar";
import { shortId } from "@/lib/base/format";
import { comparisonQuery } from "@/lib/client/comparison-query";
import { readComparison } from "@/lib/server/queries/comparison";
import { readRunId } from "../search-params";
import { CompareView } from "./compare-view";
import { readCompareParams } from "./search-params";

interface ComparePageProps {
  params: Promise<{ runId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: ComparePageProps): Promise<Metadata> {
  return { title: `Compare ${shortId(readRunId((await params).runId))}` };
}

export default async function ComparePage({ params, searchParams }: ComparePageProps) {
  const runId = readRunId((await params).runId);
  const { other, ignored } = readCompareParams(await searchParams);
  const asked = await readComparison(runId, other);
  // A run to compare with that nobody knows is left out, with a note.
  const isLost = "missing" in asked && asked.missing === "with";
  const found = isLost ? await readComparison(runId) : asked;
  if ("missing" in found) notFound();
  const client = new QueryClient();
  client.setQueryData(comparisonQuery(runId, isLost ? undefined : other).queryKey, found);
  const { id, pipeline, namespace } = found.run;
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <TopBar
        crumbs={[
          { label: "Pipelines", href: "/pipelines" },
          { label: pipeline, href: pipelineHref({ namespace, name: pipeline }) },
          { label: shortId(id), href: runPageHref(runId), mono: true },
          { label: "Compare" },
        ]}
        actions={<ShareButton />}
      />
      <PageMain width="table">
        <CompareView runId={runId} refusedWith={isLost ? other : undefined} ignored={ignored} />
      </PageMain>
    </HydrationBoundary>
  );
}
