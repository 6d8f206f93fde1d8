import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { connection } from "next/server";
import { PolicyScreen } from "@/components/policy/policy-screen";
import { PageMain } from "@/components/shell/page-main";
import { TopBar } from "@/components/shell/top-bar";
import { policyHistoryQuery, policyQuery } from "@/lib/client/policy-queries";
import { readPolicy } from "@/lib/server/queries/policy";
import { readPolicyHistory } from "@/lib/server/queries/policy-history";

export const metadata: Metadata = { title: "Policy" };

type Params = Readonly<Record<string, string | string[] | undefined>>;

/** `?threshold=`, `?pipeline=` and `?node=` fill the form; what is none of them is left out. */
export default async function PolicyPage({ searchParams }: { searchParams: Promise<Params> }) {
  await connection();
  const params = await searchParams;
  const one = (name: string) => {
    const value = params[name];
    return typeof value === "string" ? value : undefined;
  };
  const draft = { threshold: one("threshold"), pipeline: one("pipeline"), node: one("node") };
  const client = new QueryClient();
  // What fails here is asked for again by the browser, which can say what is wrong and when it is over.
  await Promise.all([
    client.prefetchQuery({ ...policyQuery(), queryFn: readPolicy }),
    client.prefetchInfiniteQuery({ ...policyHistoryQuery(), queryFn: () => readPolicyHistory() }),
  ]);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <TopBar />
      <PageMain width="cards">
        <h1 className="text-xl font-title tracking-[-0.01em]">Policy</h1>
        <p className="mt-1 mb-3.5 max-w-[80ch] text-pretty text-muted">
          The thresholds by which runs are judged. The most specific holds: one for a node before one for a
          pipeline, then the name that says more, then the one set later. Each verdict shows those that it
          used.
        </p>
        <PolicyScreen draft={draft} />
      </PageMain>
    </HydrationBoundary>
  );
}
