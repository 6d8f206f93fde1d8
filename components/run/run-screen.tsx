"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { Suspense, useDeferredValue, useState } from "react";
import { fetchPart } from "@/components/fetch-part";
import { NodePanel } from "@/components/node/node-panel";
import { AwaitedRun } from "@/components/run/awaited-run";
import { firstSelected, hasNode } from "@/components/run/first-selected";
import { RunAnswer } from "@/components/run/run-answer";
import { RunNotices } from "@/components/run/run-notices";
import { RunViews } from "@/components/run/run-views";
import { TimeBar } from "@/components/run/time-bar";
import { useAskForNode } from "@/components/run/use-ask-for-node";
import { RefusedAt, useRunAddress } from "@/components/run/use-run-address";
import { PastInstant } from "@/components/use-now";
import { toMillis } from "@/lib/base/format";
import { runQuery } from "@/lib/client/run-queries";
import type { RunSummary } from "@/lib/contract/runs";

/** Fetched with the first message that is opened. */
const EventDrawer = dynamic(() =>
  fetchPart(() => import("@/components/node/event-drawer")).then((m) => m.EventDrawer),
);

export interface RunScreenProps {
  runId: string;
  /** What the link asked for in vain. */
  ignored: readonly string[];
  refusedAt: string | undefined;
  /** What the list says of the run, where its answer has yet to be asked for. */
  meanwhile?: RunSummary | undefined;
}

export function RunScreen(props: RunScreenProps) {
  return (
    <RefusedAt value={props.refusedAt}>
      <Screen runId={props.runId} ignored={props.ignored} meanwhile={props.meanwhile} />
    </RefusedAt>
  );
}

/** The sentence, then what to do, then the proof. */
function Screen({ runId, ignored, meanwhile }: Omit<RunScreenProps, "refusedAt">) {
  const [address] = useRunAddress();
  const { data: present } = useQuery(runQuery(runId));
  const { data: then, isError, isPlaceholderData } = useQuery(runQuery(runId, address.at));
  // Until the answer of another instant is there, all of the page stays at the one before.
  const [at, setAt] = useState(address.at);
  if (!isPlaceholderData && at !== address.at) setAt(address.at);
  // It stays once it was there: it gives the focus back after it was closed.
  const [opened, setOpened] = useState(false);
  if (address.event !== undefined && !opened) setOpened(true);
  // Where nothing can be told of that instant, what is known now stays.
  const run = then ?? (isError ? present : undefined);
  // The page of a small run brings its first answer along; another instant keeps the picture of the one before.
  const { ask, handlers } = useAskForNode(runId, run, at);
  const selected = run && firstSelected(run, address.node);
  // The panel comes first: to show a choice on the graph of a large run takes longer than to say why.
  const marked = useDeferredValue(selected);
  if (!run) return <AwaitedRun summary={meanwhile} />;
  // A node that was not known yet at the instant is no fault of the link's.
  const isLost = (key: string) => !hasNode(run, key) && !(present && hasNode(present, key));
  const lost = address.node !== undefined && isLost(address.node) ? address.node : undefined;
  return (
    <PastInstant value={at === undefined ? undefined : toMillis(run.at)}>
      <main id="main" {...handlers} className="flex min-h-0 flex-1 flex-col">
        <RunAnswer run={run} />
        <RunNotices run={run} ignored={ignored} lostNode={lost} />
        <div className="grid min-h-0 flex-1 grid-cols-1 lg:grid-cols-[minmax(0,1fr)_440px] xl:grid-cols-[minmax(0,1fr)_480px]">
          <div className="flex min-h-0 flex-col lg:border-r lg:border-line">
            <RunViews
              runId={runId}
              run={run}
              present={present ?? run}
              selected={marked}
              at={at}
              onPress={ask}
            />
            <PastInstant value={undefined}>
              <TimeBar runId={runId} />
            </PastInstant>
          </div>
          <NodePanel runId={runId} run={run} at={at} selected={selected} />
        </div>
        {(address.event !== undefined || opened) && (
          <Suspense>
            <EventDrawer nodeKey={selected} />
          </Suspense>
        )}
      </main>
    </PastInstant>
  );
}
