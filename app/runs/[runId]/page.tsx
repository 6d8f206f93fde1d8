import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { pipelineHref } from "@/components/pipelines/pipeline-words";
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
import { readNode } from "@/lib/server/queries/node";
import { readReceipts } from "@/lib/server/queries/receipts";
import { listCertainties, listRules } from "@/lib/server/queries/rules";
import { readRun } from "@/lib/server/queries/run";
import { readRunId, readRunParams, withoutAt } from "./search-params";

/** A larger run is judged for its answer; to judge it again for the panel would keep the answer waiting. */
const PREFETCH_UP_TO = 1_500;

interface RunPageProps {
  params: Promise<{ runId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The title and the page need the same answer; a run of ten thousand nodes is judged once for both. */
const readOnce = cache((runId: string, at: Instant | undefined) =>
  readRun(runId, at === undefined ? {} : { at }),
);

export async function generateMetadata({ params, searchParams }: RunPageProps): Promise<Metadata> {
  const runId = readRunId((await params).runId);
  const run = await readOnce(runId, readRunParams(await searchParams).at);
  if (!run) return { title: "No such run" };
  return {
    title: `${run.summary.pipeline} ${shortId(run.summary.id)}`,
    description: withoutBackticks(run.diagnosis.headline),
  };
}

export default async function RunPage({ params, searchParams }: RunPageProps) {
  const runId = readRunId((await params).runId);
  const asked = readRunParams(await searchParams);
  const then = await readOnce(runId, asked.at);
  // A run of which nothing was known at that instant is shown as it is now, with a note.
  const run = then ?? (asked.at === undefined ? null : await readOnce(runId, undefined));
  if (!run) notFound();
  const { address, at, refusedAt, ignored } = then ? asked : withoutAt(asked);

  const client = new QueryClient();
  client.setQueryData(runQuery(runId, address.at).queryKey, run);
  client.setQueryData(ruleListQuery().queryKey, {
    rules: listRules(),
    certainties: listCertainties(),
  });
  const isLarge = run.nodes.length > PREFETCH_UP_TO;
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

  const { pipeline, namespace, id } = run.summary;
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
        <RunScreen runId={runId} ignored={ignored} refusedAt={refusedAt} />
      </div>
    </HydrationBoundary>
  );
}
