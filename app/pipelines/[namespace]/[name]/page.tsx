import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PipelinePulse } from "@/components/pipelines/pipeline-pulse";
import { PageMain } from "@/components/shell/page-main";
import { TopBar } from "@/components/shell/top-bar";
import { pipelineQuery } from "@/lib/client/pipeline-queries";
import { ruleListQuery } from "@/lib/client/rule-queries";
import { readPipeline } from "@/lib/server/queries/pipeline";
import { listCertainties, listRules } from "@/lib/server/queries/rules";
import { readName } from "../../search-params";
import { PipelineView } from "./pipeline-view";

interface PipelinePageProps {
  params: Promise<{ namespace: string; name: string }>;
}

async function namesOf(params: PipelinePageProps["params"]): Promise<{ namespace: string; name: string }> {
  const { namespace, name } = await params;
  return { namespace: readName(namespace), name: readName(name) };
}

export async function generateMetadata({ params }: PipelinePageProps): Promise<Metadata> {
  return { title: `Pipeline ${(await namesOf(params)).name}` };
}

export default async function PipelinePage({ params }: PipelinePageProps) {
  const { namespace, name } = await namesOf(params);
  const pipeline = await readPipeline(namespace, name);
  if (!pipeline) notFound();
  const client = new QueryClient();
  client.setQueryData(pipelineQuery(namespace, name).queryKey, pipeline);
  client.setQueryData(ruleListQuery().queryKey, {
    rules: listRules(),
    certainties: listCertainties(),
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <TopBar
        crumbs={[
          { label: "Pipelines", href: "/pipelines" },
          { label: name, mono: true },
        ]}
        live={<PipelinePulse namespace={namespace} name={name} />}
      />
      <PageMain width="table">
        <PipelineView namespace={namespace} name={name} />
      </PageMain>
    </HydrationBoundary>
  );
}
