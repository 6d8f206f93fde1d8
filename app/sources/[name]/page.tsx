import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PageMain } from "@/components/shell/page-main";
import { TopBar } from "@/components/shell/top-bar";
import { SourcePulse } from "@/components/sources/source-pulse";
import { sourceQuery } from "@/lib/client/source-queries";
import { readSource } from "@/lib/server/queries/sources";
import { readSourceName } from "./search-params";
import { SourceView } from "./source-view";

interface SourcePageProps {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: SourcePageProps): Promise<Metadata> {
  return { title: `Source ${readSourceName((await params).name)}` };
}

export default async function SourcePage({ params }: SourcePageProps) {
  const name = readSourceName((await params).name);
  const source = await readSource(name);
  if (!source) notFound();
  const client = new QueryClient();
  client.setQueryData(sourceQuery(name).queryKey, source);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <TopBar
        crumbs={[
          { label: "Sources", href: "/sources" },
          { label: name, mono: true },
        ]}
        live={<SourcePulse name={name} />}
      />
      <PageMain width="cards">
        <SourceView name={name} />
      </PageMain>
    </HydrationBoundary>
  );
}
