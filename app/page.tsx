import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import { HomeView } from "@/app/home-view";
import { type RawParams, readHomeParams } from "@/app/search-params";
import { HomePulse } from "@/components/runs/home-pulse";
import { PageMain } from "@/components/shell/page-main";
import { TopBar } from "@/components/shell/top-bar";
import { attentionQuery, runFacetsQuery, runListQuery } from "@/lib/client/run-queries";
import { RUN_PAGE_SIZE } from "@/lib/client/run-query-params";
import { readAttention } from "@/lib/server/queries/attention";
import { listRules } from "@/lib/server/queries/rules";
import { readRunFacets } from "@/lib/server/queries/run-facets";
import { listRuns } from "@/lib/server/queries/run-list";

export default async function HomePage({ searchParams }: { searchParams: Promise<RawParams> }) {
  const { filters } = readHomeParams(await searchParams);
  const query = { ...filters, limit: RUN_PAGE_SIZE };
  const client = new QueryClient();
  // What fails here is asked for again by the browser, which can say what is wrong and when it is over.
  await Promise.all([
    client.prefetchQuery({ ...attentionQuery(), queryFn: readAttention }),
    client.prefetchInfiniteQuery({ ...runListQuery(query), queryFn: () => listRuns(query) }),
    client.prefetchQuery({ ...runFacetsQuery(), queryFn: () => readRunFacets() }),
  ]);
  const ruleTitles = Object.fromEntries(listRules().map((rule) => [rule.id, rule.title]));
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <TopBar live={<HomePulse />} />
      <PageMain width="table">
        <HomeView ruleTitles={ruleTitles} />
      </PageMain>
    </HydrationBoundary>
  );
}
