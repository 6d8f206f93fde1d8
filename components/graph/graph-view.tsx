"use client";

import { List } from "lucide-react";
import dynamic from "next/dynamic";
import { type PointerEvent, useCallback, useMemo, useRef, useState, type WheelEvent } from "react";
import { fetchPart } from "@/components/fetch-part";
import { FarCanvas } from "@/components/graph/far-canvas";
import { focusedGraph, wholeGraph } from "@/components/graph/graph-model";
import type { LeftView } from "@/components/graph/near-frame";
import { StillGraph } from "@/components/graph/still-graph";
import { ThinnedEdges } from "@/components/graph/thinned-edges";
import { useFlowCanvas } from "@/components/graph/use-flow-canvas";
import { type Layout, useLayout } from "@/components/graph/use-layout";
import { type Size, useSize } from "@/components/graph/use-size";
import type { Scope } from "@/components/run/run-address";
import { useRunAddress } from "@/components/run/use-run-address";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { useMarkPainted } from "@/components/use-mark-painted";
import { formatQuantity } from "@/lib/base/format";
import type { RunResource } from "@/lib/contract/runs";

/** More elements than this cannot be painted in every frame of a pan; a canvas can. */
const CANVAS_FROM = 150;

const NodeList = dynamic(
  () => fetchPart(() => import("@/components/graph/node-list")).then((m) => m.NodeList),
  {
    ssr: false,
  },
);

export interface GraphViewProps {
  run: RunResource;
  /** As it is known now, which gives the nodes of a past instant their places. */
  present: RunResource;
  scope: Scope;
  selected: string | undefined;
  /** A node is pressed, and will be chosen. */
  onPress: (key: string) => void;
}

export function GraphView({ run, present, scope, selected, onPress }: GraphViewProps) {
  const [, go] = useRunAddress();
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [listed, setListed] = useState(false);
  const [size, measure] = useSize();
  // What was in the focus when it was chosen stays there while one walks through it.
  const [anchor, setAnchor] = useState(selected);
  const model = useMemo(
    () => (scope === "whole" ? wholeGraph(run, present) : focusedGraph(run, anchor, opened)),
    [run, present, scope, anchor, opened],
  );
  const { layout, pending } = useLayout(
    model.shapeKey,
    model.shape,
    scope === "whole" ? scope : [scope, anchor, ...opened].join("\n"),
  );
  useMarkPainted(pending ? "graph in haste" : `graph ${scope}`, size && layout);
  const isNear = layout !== undefined && layout.shape.nodes.length <= CANVAS_FROM;
  // React Flow is as much as a quarter of the page's scripts: it comes for whoever turns to the graph with a pointer. Fingers
  // have all that they need without it.
  const [isWanted, setWanted] = useState(false);
  const want = (event: PointerEvent | WheelEvent) => {
    if (!("pointerType" in event) || event.pointerType !== "touch") setWanted(true);
  };
  const left = useRef<LeftView>(undefined);
  const FlowCanvas = useFlowCanvas(isNear && isWanted);
  if (scope === "focus" && selected !== anchor && selected !== undefined && !isDrawn(model, selected)) {
    setAnchor(selected);
  }
  const select = useCallback((key: string) => go({ node: key }), [go]);
  const leave = useCallback(() => go({ node: undefined }), [go]);
  const openBundle = useCallback((id: string) => setOpened((before) => new Set(before).add(id)), []);

  const near = (layout: Layout, size: Size) => {
    const props = {
      model,
      layout,
      selected,
      size,
      left,
      onSelect: select,
      onOpenBundle: openBundle,
      onLeave: leave,
    };
    if (!FlowCanvas) return <StillGraph key={scope} {...props} />;
    return <FlowCanvas key={scope} {...props} />;
  };

  if (run.nodes.length === 0) {
    return (
      <div className="dotted-canvas flex flex-1 items-center justify-center max-lg:min-h-[300px]">
        <EmptyState title="No step has been heard of yet">
          The run itself has sent an event; its steps appear here when the first of them, or a plan, arrives.
        </EmptyState>
      </div>
    );
  }
  return (
    <div
      ref={measure}
      onPointerMove={want}
      onPointerDown={want}
      onWheel={want}
      className="relative min-h-0 flex-1 overflow-hidden max-lg:h-[340px] max-lg:flex-none"
    >
      {layout && size && size.height > 0 ? (
        layout.shape.nodes.length > CANVAS_FROM ? (
          <FarCanvas
            model={model}
            layout={layout}
            selected={selected}
            size={size}
            onSelect={select}
            onPress={onPress}
            onLeave={leave}
          />
        ) : (
          near(layout, size)
        )
      ) : (
        <div aria-hidden="true" className="dotted-canvas absolute inset-0" />
      )}
      {pending && layout && run.nodes.length > CANVAS_FROM && (
        <p role="status" className="absolute top-3 left-4 rounded-md bg-panel px-2 py-1 text-sm text-muted">
          Arranging {formatQuantity(model.shape.nodes.length, "node")}…
        </p>
      )}
      <Button
        size="sm"
        aria-expanded={listed}
        onClick={() => setListed(!listed)}
        icon={<List aria-hidden="true" size={13} />}
        className="absolute bottom-3 left-4 z-10"
      >
        {formatQuantity(run.nodes.length, "node")}
      </Button>
      <ThinnedEdges run={run} model={model} />
      {listed && (
        <NodeList
          run={run}
          holders={model.holders}
          selected={selected}
          onSelect={select}
          onClose={() => setListed(false)}
        />
      )}
    </div>
  );
}

function isDrawn(model: ReturnType<typeof wholeGraph>, key: string): boolean {
  return !model.nodes.has(key) || model.shape.nodes.some((node) => node.id === key);
}
