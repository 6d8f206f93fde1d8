import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { connection } from "next/server";
import { KeyScreen } from "@/components/keys/key-screen";
import { PageMain } from "@/components/shell/page-main";
import { TopBar } from "@/components/shell/top-bar";
import { keyListQuery } from "@/lib/client/key-queries";
import { visitHere } from "@/lib/server/keys/visit";
import { readKeyList } from "@/lib/server/queries/list-keys";
import { SignOut } from "./sign-out";

export const metadata: Metadata = { title: "Keys" };

export default async function KeysPage() {
  await connection();
  const client = new QueryClient();
  await client.prefetchQuery({ ...keyListQuery(), queryFn: () => readKeyList(visitHere()) });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <TopBar />
      <PageMain width="cards">
        <div className="mb-1 flex items-baseline justify-between gap-4">
          <h1 className="text-xl font-title tracking-[-0.01em]">Keys</h1>
          <SignOut />
        </div>
        <KeyScreen />
      </PageMain>
    </HydrationBoundary>
  );
}
