"use client";

import dynamic from "next/dynamic";
import { memo, Suspense } from "react";
import { fetchPart } from "@/components/fetch-part";
import { GraphView } from "@/components/graph/graph-view";
import { SCOPES, type Scope, SHAPES, type Shape, VIEWS, type View } from "@/components/run/run-address";
import { useRunAddress } from "@/components/run/use-run-address";
import { Segmented } from "@/components/ui/segmented";
import { TabPanel, Tabs } from "@/components/ui/tabs";
import type { RunResource } from "@/lib/contract/runs";

/** Fetched when they are looked at. */
const TimelineView = dynamic(() =>
  fetchPart(() => import("@/components/timeline/timeline-view")).then((m) => m.TimelineView),
);
const MessageTable = dynamic(() =>
  fetchPart(() => import("@/components/node/message-table")).then((m) => m.MessageTable),
);

const LABELS: Readonly<Record<View, string>> = { graph: "Graph", timeline: "Timeline", events: "Events" };
const SHAPE_LABELS: Readonly<Record<Shape, string>> = { chart: "Chart", table: "Table" };
const SCOPE_LABELS: Readonly<Record<Scope, string>> = { focus: "Focus", whole: "Whole" };
/** More than these do not fit side by side in a size that can be read. */
const FOCUS_FROM = 8;

export interface RunViewsProps {
  runId: string;
  run: RunResource;
  /** As it is known now: at a past instant the same part of the graph is shown, in the same places. */
  present: RunResource;
  selected: string | undefined;
  /** The past instant that is shown; undefined for now. */
  at: string | undefined;
  /** A node is pressed, and will be chosen. */
  onPress: (key: string) => void;
}

/** The proof, drawn: graph, timeline, or the messages themselves. */
export const RunViews = memo(function RunViews(props: RunViewsProps) {
  const { runId, run, present, selected, at, onPress } = props;
  const [address, go] = useRunAddress();
  const usual: Scope =
    present.diagnosis.state !== "finished" && present.nodes.length > FOCUS_FROM ? "focus" : "whole";
  const scope = address.scope ?? usual;
  return (
    <Tabs
      label="Views of the run"
      items={VIEWS.map((value) => ({ value, label: LABELS[value] }))}
      value={address.view}
      onValueChange={(next) => {
        const view = VIEWS.find((v) => v === next);
        if (view) go({ view }, "push");
      }}
      trailing={
        address.view === "graph" ? (
          <Segmented
            label="How much of the graph"
            options={SCOPES.map((value) => ({ value, label: SCOPE_LABELS[value] }))}
            value={scope}
            onValueChange={(next) => go({ scope: next === usual ? undefined : next })}
          />
        ) : (
          address.view === "timeline" && (
            <Segmented
              label="How the timeline is shown"
              options={SHAPES.map((value) => ({ value, label: SHAPE_LABELS[value] }))}
              value={address.as}
              onValueChange={(as) => go({ as })}
            />
          )
        )
      }
      className="min-h-0 flex-1"
    >
      <TabPanel value="graph" className="relative flex min-h-0 flex-1 flex-col">
        <GraphView run={run} present={present} scope={scope} selected={selected} onPress={onPress} />
      </TabPanel>
      <TabPanel value="timeline" className="relative flex min-h-0 flex-1 flex-col">
        <Suspense fallback={<Fetching />}>
          <TimelineView run={run} present={present} selected={selected} />
        </Suspense>
      </TabPanel>
      <TabPanel value="events" className="relative min-h-0 flex-1 bg-panel">
        <Suspense fallback={<Fetching />}>
          <MessageTable runId={runId} at={at} />
        </Suspense>
      </TabPanel>
    </Tabs>
  );
});

function Fetching() {
  return <div aria-busy="true" className="min-h-[300px] flex-1 bg-panel" />;
}
