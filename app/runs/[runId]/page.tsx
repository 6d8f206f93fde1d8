import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { pipelineHref } from "@/components/pipelines/pipeline-words";
import { COMES_WITH_PAGE } from "@/components/run/ask-ahead";
import { firstSelected } from "@/components/run/first-selected";
import { RunLive } from "@/components/run/run-live";
import { RunScreen } from "@/components/run/run-screen";
import { ShareButton } from "@/components/run/share-button";
import { TopBar } from "@/components/shell/top-bar";
import { withoutBackticks } from "@/components/ui/text-with-code";
import { shortId } from "@/lib/base/format";
import type { Instant } from "@/lib/base/instant";
import { nodeQuery } from "@/lib/client/node-queries";
import { ruleListQuery } from "@/lib/client/rule-queries";
import { receiptsQuery, runQuery } from "@/lib/client/run-queries";
import type { RunSummary } from "@/lib/contract/runs";
import { keptSummary } from "@/lib/server/queries/kept-summary";
import { readNode } from "@/lib/server/queries/node";
import { readReceipts } from "@/lib/server/queries/receipts";
import { listCertainties, listRules } from "@/lib/server/queries/rules";
import { readRun } from "@/lib/server/queries/run";
import { readRunId, readRunParams, withoutAt } from "./search-params";

interface RunPageProps {
  params: Promise<{ runId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The title and the page need the same answer: a run is judged once for both. */
const readOnce = cache((runId: string, at: Instant | undefined) =>
  readRun(runId, at === undefined ? {} : { at }),
);

/** What the lists say of a run that is too large for its answer to come with the page; of now only. */
const summaryOfLarge = cache(async (runId: string, at: Instant | undefined) => {
  if (at !== undefined) return undefined;
  const summary = await keptSummary(runId);
  return summary && summary.nodesTotal > COMES_WITH_PAGE ? summary : undefined;
});

export async function generateMetadata({ params, searchParams }: RunPageProps): Promise<Metadata> {
  const runId = readRunId((await params).runId);
  const { at } = readRunParams(await searchParams);
  const summary = (await summaryOfLarge(runId, at)) ?? (await readOnce(runId, at))?.summary;
  if (!summary) return { title: "No such run" };
  return {
    title: `${summary.pipeline} ${shortId(summary.id)}`,
    description: withoutBackticks(summary.headline),
  };
}

export default async function RunPage({ params, searchParams }: RunPageProps) {
  const runId = readRunId((await params).runId);
  const asked = readRunParams(await searchParams);
  const client = new QueryClient();
  client.setQueryData(ruleListQuery().queryKey, {
    rules: listRules(),
    certainties: listCertainties(),
  });
  const large = await summaryOfLarge(runId, asked.at);
  if (large) {
    const { ignored, refusedAt } = asked;
    return <Page {...{ runId, client, ignored, refusedAt }} summary={large} isAwaited />;
  }

  const then = await readOnce(runId, asked.at);
  // A run of which nothing was known at that instant is shown as it is now, with a note.
  const run = then ?? (asked.at === undefined ? null : await readOnce(runId, undefined));
  if (!run) notFound();
  const { address, at, refusedAt, ignored } = then ? asked : withoutAt(asked);

  client.setQueryData(runQuery(runId, address.at).queryKey, run);
  const isLarge = run.nodes.length > COMES_WITH_PAGE;
  const selected = isLarge ? undefined : firstSelected(run, address.node);
  const [node, receipts] = await Promise.all([
    selected === undefined ? null : readNode(runId, selected, { at }),
    isLarge ? null : readReceipts(runId),
  ]);
  if (receipts) client.setQueryData(receiptsQuery(runId).queryKey, receipts);
  if (node) {
    client.setQueryData(nodeQuery(runId, node.node.key, address.at).queryKey, node);
    const { baseline } = address;
    const other = baseline === undefined ? null : await readNode(runId, node.node.key, { at, baseline });
    if (other?.attempts[0]?.cache?.baseline?.chosen)
      client.setQueryData(nodeQuery(runId, node.node.key, address.at, baseline).queryKey, other);
  }
  return <Page {...{ runId, client, ignored, refusedAt }} summary={run.summary} />;
}

interface PageProps {
  runId: string;
  client: QueryClient;
  summary: RunSummary;
  /** The answer does not come with the page. */
  isAwaited?: boolean;
  ignored: readonly string[];
  refusedAt: string | undefined;
}

function Page({ runId, client, summary, isAwaited = false, ignored, refusedAt }: PageProps) {
  const { pipeline, namespace, id } = summary;
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <div className="flex min-h-dvh flex-col lg:h-dvh">
        <TopBar
          crumbs={[
            { label: "Pipelines", href: "/pipelines" },
            { label: pipeline, href: pipelineHref({ namespace, name: pipeline }) },
            { label: shortId(id), mono: true },
          ]}
          live={<RunLive runId={runId} refusedAt={refusedAt} />}
          actions={<ShareButton />}
        />
        <RunScreen {...{ runId, ignored, refusedAt }} meanwhile={isAwaited ? summary : undefined} />
      </div>
    </HydrationBoundary>
  );
}
