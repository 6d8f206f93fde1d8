"use client";

import { useQuery } from "@tanstack/react-query";
import { Link2 } from "lucide-react";
import dynamic from "next/dynamic";
import { Suspense, useEffect } from "react";
import { fetchPart } from "@/components/fetch-part";
import { flyTo } from "@/components/graph/flight";
import { nodeState } from "@/components/graph/node-look";
import { PANEL_ID } from "@/components/graph/panel-focus";
import { RunSummaryPanel } from "@/components/node/run-summary-panel";
import { WhyTab } from "@/components/node/why-tab";
import { putOut } from "@/components/run/lit";
import { runPageHref, TABS, type Tab } from "@/components/run/run-address";
import { useRunAddress } from "@/components/run/use-run-address";
import { isShortcut } from "@/components/shortcuts";
import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/notice";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";
import { StateShape } from "@/components/ui/state-shape";
import { TabPanel, Tabs } from "@/components/ui/tabs";
import { formatCount } from "@/lib/base/format";
import { nodeQuery } from "@/lib/client/node-queries";
import type { RunResource } from "@/lib/contract/runs";

/** Each tab but the first is fetched when it is looked at. */
const AttemptsTab = dynamic(() =>
  fetchPart(() => import("@/components/node/attempts-tab")).then((m) => m.AttemptsTab),
);
const CacheTab = dynamic(() =>
  fetchPart(() => import("@/components/node/cache-tab")).then((m) => m.CacheTab),
);
const LifeTab = dynamic(() => fetchPart(() => import("@/components/node/life-tab")).then((m) => m.LifeTab));
const MessageTable = dynamic(() =>
  fetchPart(() => import("@/components/node/message-table")).then((m) => m.MessageTable),
);
const RecordTab = dynamic(() =>
  fetchPart(() => import("@/components/node/record-tab")).then((m) => m.RecordTab),
);
const WaitsTab = dynamic(() =>
  fetchPart(() => import("@/components/node/waits-tab")).then((m) => m.WaitsTab),
);
const OutputsTab = dynamic(() =>
  fetchPart(() => import("@/components/node/outputs-tab")).then((m) => m.OutputsTab),
);

const LABELS: Readonly<Record<Tab, string>> = {
  why: "Why",
  attempts: "Attempts",
  outputs: "Outputs",
  cache: "Cache",
  life: "Life signs",
  waits: "Waits",
  events: "Events",
  record: "Metadata",
};

export interface NodePanelProps {
  runId: string;
  run: RunResource;
  /** The past instant that is shown; undefined for now. */
  at: string | undefined;
  selected: string | undefined;
}

/** All that is known of the selected node, the reason first. */
export function NodePanel({ runId, run, at, selected }: NodePanelProps) {
  const [{ view }] = useRunAddress();
  return (
    <aside
      id={PANEL_ID}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.defaultPrevented || selected === undefined || view === "events") return;
        if (isShortcut(event, "leaveNode")) flyTo(selected);
      }}
      aria-label={selected === undefined ? "Summary of the run" : `Node ${selected}`}
      className="min-h-0 min-w-0 bg-panel focus-visible:-outline-offset-2 max-lg:border-t max-lg:border-line lg:scroll-pt-10 lg:overflow-y-auto"
    >
      {selected === undefined ? (
        <RunSummaryPanel run={run} />
      ) : (
        <Panel key={selected} runId={runId} run={run} at={at} nodeKey={selected} />
      )}
    </aside>
  );
}

function Panel({ runId, run, at, nodeKey }: Omit<NodePanelProps, "selected"> & { nodeKey: string }) {
  const [{ tab }, go] = useRunAddress();
  useEffect(() => putOut, []);
  const { data: detail, error } = useQuery(nodeQuery(runId, nodeKey, at));
  const step = detail?.node ?? run.nodes.find((node) => node.key === nodeKey);
  const latest = detail?.attempts[0];
  const counts: Partial<Record<Tab, number | undefined>> = {
    outputs: latest?.outputs.length || undefined,
    waits: latest?.waits.length || undefined,
  };
  return (
    <>
      <header className="flex items-center gap-[9px] px-[18px] pt-3.5">
        {step && <StateShape state={nodeState(step)} size={18} />}
        <h2 className="mono min-w-0 !text-lg leading-snug font-bold">{nodeKey}</h2>
        {latest && (
          <Badge>
            attempt {formatCount(latest.number)} of{" "}
            {formatCount(Math.max(latest.number, detail.attempts.length))}
          </Badge>
        )}
        <span className="flex-1" />
        <CopyButton
          text={() =>
            new URL(runPageHref(run.summary.id, { node: nodeKey, tab, at }), window.location.href).href
          }
          label="Copy link"
          describedAs={`Copy link to ${nodeKey}`}
          icon={<Link2 aria-hidden="true" size={14} />}
        />
      </header>
      <Tabs
        label={`What is known of ${nodeKey}`}
        variant="plain"
        items={TABS.map((value) => ({ value, label: LABELS[value], count: counts[value] }))}
        value={tab}
        onValueChange={(next) => {
          const chosen = TABS.find((t) => t === next);
          if (chosen) go({ tab: chosen });
        }}
        // They stay in sight however far down one reads.
        listClassName="px-3 pt-2 pb-1 lg:sticky lg:top-0 lg:z-10 lg:bg-panel"
      >
        {error && !detail ? (
          <div className="p-[18px]">
            <Notice tone="warn">The node could not be read: {error.message}</Notice>
          </div>
        ) : (
          <>
            <TabPanel value="why">
              <WhyTab run={run} nodeKey={nodeKey} node={step} detail={detail} meanwhile={<PanelSkeleton />} />
            </TabPanel>
            {!detail ? (
              tab !== "why" && <PanelSkeleton />
            ) : (
              <Suspense fallback={<PanelSkeleton />}>
                <TabPanel value="attempts">
                  <AttemptsTab detail={detail} />
                </TabPanel>
                <TabPanel value="outputs">
                  <OutputsTab detail={detail} />
                </TabPanel>
                <TabPanel value="cache">
                  <CacheTab runId={runId} at={at} detail={detail} />
                </TabPanel>
                <TabPanel value="life">
                  <LifeTab detail={detail} />
                </TabPanel>
                <TabPanel value="waits">
                  <WaitsTab run={run} detail={detail} />
                </TabPanel>
                <TabPanel value="events">
                  <MessageTable runId={runId} at={at} nodeKey={nodeKey} />
                </TabPanel>
                <TabPanel value="record">
                  <RecordTab runId={runId} nodeKey={nodeKey} at={at} />
                </TabPanel>
              </Suspense>
            )}
          </>
        )}
      </Tabs>
    </>
  );
}

function PanelSkeleton() {
  return (
    <div aria-busy="true" className="px-[18px] py-2">
      <Skeleton className="h-28 w-full rounded-xl" />
      <SkeletonRows rows={5} height={30} className="mt-4 -mx-4" />
    </div>
  );
}
