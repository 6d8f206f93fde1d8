"use client";

import { useQuery } from "@tanstack/react-query";
import { EventDrawer } from "@/components/node/event-drawer";
import { NodePanel } from "@/components/node/node-panel";
import { firstSelected, hasNode } from "@/components/run/first-selected";
import { RunAnswer } from "@/components/run/run-answer";
import { RunNotices } from "@/components/run/run-notices";
import { RunViews } from "@/components/run/run-views";
import { RefusedAt, useRunAddress } from "@/components/run/use-run-address";
import { runQuery } from "@/lib/client/run-queries";

export interface RunScreenProps {
  runId: string;
  /** What the link asked for in vain. */
  ignored: readonly string[];
  refusedAt: string | undefined;
}

export function RunScreen(props: RunScreenProps) {
  return (
    <RefusedAt value={props.refusedAt}>
      <Screen runId={props.runId} ignored={props.ignored} />
    </RefusedAt>
  );
}

/** The sentence, then what to do, then the proof. */
function Screen({ runId, ignored }: Omit<RunScreenProps, "refusedAt">) {
  const [address] = useRunAddress();
  const { data: run } = useQuery(runQuery(runId, address.at));
  // The page brings its first answer along; another instant keeps the picture of the one before.
  if (!run) return <main id="main" aria-busy="true" className="dotted-canvas flex-1" />;
  const selected = firstSelected(run, address.node);
  const lost = address.node !== undefined && !hasNode(run, address.node) ? address.node : undefined;
  return (
    <main id="main" className="flex min-h-0 flex-1 flex-col">
      <RunAnswer run={run} />
      <RunNotices run={run} ignored={ignored} lostNode={lost} />
      <div className="grid min-h-0 flex-1 grid-cols-1 lg:grid-cols-[minmax(0,1fr)_440px]">
        <RunViews runId={runId} run={run} selected={selected} />
        <NodePanel runId={runId} run={run} selected={selected} />
      </div>
      <EventDrawer />
    </main>
  );
}
