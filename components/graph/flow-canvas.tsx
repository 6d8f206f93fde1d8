"use client";

import "@xyflow/react/dist/base.css";
import {
  type Node,
  type NodeProps,
  type NodeTypes,
  ReactFlow,
  type ReactFlowInstance,
  ViewportPortal,
} from "@xyflow/react";
import { type RefObject, useEffect, useMemo, useRef, useState } from "react";
import { BundleNode, type BundleNodeProps } from "@/components/graph/bundle-node";
import { BoxLayer, EdgeLayer } from "@/components/graph/edge-layer";
import type { GraphModel } from "@/components/graph/graph-model";
import type { NearGraphProps } from "@/components/graph/graph-props";
import { LEAST_ZOOM, type LeftView, NearFrame, nearOpening } from "@/components/graph/near-frame";
import { usePageScrolls } from "@/components/graph/page-scrolls";
import { StepNode, type StepNodeProps } from "@/components/graph/step-node";
import type { Layout } from "@/components/graph/use-layout";
import { useNearWalk } from "@/components/graph/use-near-walk";
import type { PanZoom } from "@/components/graph/use-pan-zoom";
import { boundsOf, type Viewport } from "@/lib/drawing/bounds";
import { NODE_HEIGHT, NODE_WIDTH } from "@/lib/drawing/graph-shape";

type StepFlowNode = Node<StepNodeProps & Record<string, unknown>, "step">;
type BundleFlowNode = Node<BundleNodeProps & Record<string, unknown>, "bundle">;
type FlowNode = StepFlowNode | BundleFlowNode;

const NODE_TYPES: NodeTypes = {
  step: ({ data }: NodeProps<StepFlowNode>) => <StepNode {...data} />,
  bundle: ({ data }: NodeProps<BundleFlowNode>) => <BundleNode {...data} />,
};

export interface FlowCanvasProps extends NearGraphProps {
  /** How the graph was left by what drew it before; taken up once. */
  left: RefObject<LeftView | undefined>;
}

/** Up to some hundred nodes, as elements of the page: selectable text, tooltips, focus. React Flow pans and zooms them. */
export function FlowCanvas(props: FlowCanvasProps) {
  const { model, layout, selected, size, onSelect, left } = props;
  const [flow, setFlow] = useState<ReactFlowInstance<FlowNode>>();
  const [before] = useState(left.current);
  const moved = useRef(before?.moved ?? false);
  const follow = useRef<(view: Viewport) => void>(undefined);
  const frame = useRef<HTMLDivElement>(null);
  const bounds = useMemo(() => boundsOf(layout.at.values()), [layout]);
  const opening = nearOpening(props, bounds);
  const [first] = useState(before?.view ?? opening);
  useEffect(() => {
    left.current = undefined;
  }, [left]);
  const panZoom = useMemo(
    (): PanZoom => ({
      view: () => flow?.getViewport() ?? first,
      set: (view) => void flow?.setViewport(view),
    }),
    [flow, first],
  );
  const onMove = () => {
    moved.current = true;
  };
  const walk = useNearWalk({ ...props, frame, panZoom, isThere: flow !== undefined, onMove });
  const isScrolled = usePageScrolls();
  const { open } = walk;
  const nodes = useMemo(
    () => flowNodes(model, layout, selected, onSelect, open),
    [model, layout, selected, onSelect, open],
  );

  // The view follows the graph until somebody takes it in hand.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a selection must not move the view
  useEffect(() => {
    if (flow && !moved.current && !layout.isKept) void flow.setViewport(opening);
  }, [flow, bounds, size]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: listens to the arrow keys of the buttons inside
    <div ref={frame} onKeyDown={walk.onKeyDown} className="absolute inset-0 bg-bg">
      <NearFrame {...{ model, layout, size, bounds, panZoom, follow, onMove }} reached={walk.reached}>
        <ReactFlow<FlowNode>
          nodes={nodes}
          edges={[]}
          nodeTypes={NODE_TYPES}
          defaultViewport={first}
          onInit={setFlow}
          onMoveStart={(event) => {
            if (event) moved.current = true;
          }}
          onViewportChange={(view) => follow.current?.(view)}
          minZoom={LEAST_ZOOM}
          maxZoom={2}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          disableKeyboardA11y
          selectNodesOnDrag={false}
          selectionKeyCode={null}
          multiSelectionKeyCode={null}
          deleteKeyCode={null}
          zoomOnDoubleClick={false}
          zoomOnScroll={!isScrolled}
          preventScrolling={!isScrolled}
          proOptions={{ hideAttribution: true }}
          aria-label="Graph of the run"
        >
          <ViewportPortal>
            <BoxLayer layout={layout} />
            <EdgeLayer model={model} layout={layout} />
          </ViewportPortal>
        </ReactFlow>
      </NearFrame>
    </div>
  );
}

function flowNodes(
  model: GraphModel,
  layout: Layout,
  selected: string | undefined,
  select: (key: string) => void,
  open: (id: string) => void,
): FlowNode[] {
  const measured = { width: NODE_WIDTH, height: NODE_HEIGHT };
  let stopAt = selected;
  return layout.shape.nodes.flatMap(({ id }): FlowNode[] => {
    const position = layout.at.get(id);
    if (!position) return [];
    const common = { id, position, ...measured, measured, handles: [] };
    const step = model.nodes.get(id);
    if (step) {
      stopAt ??= id;
      const data = {
        step,
        holder: model.holders.get(id),
        selected: id === selected,
        stop: id === stopAt,
        select,
      };
      return [{ ...common, type: "step", data }];
    }
    const bundle = model.bundles.get(id);
    return bundle ? [{ ...common, type: "bundle", data: { bundle, model, open } }] : [];
  });
}
