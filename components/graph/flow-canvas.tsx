"use client";

import "@xyflow/react/dist/base.css";
import {
  Background,
  MiniMap,
  type Node,
  type NodeProps,
  type NodeTypes,
  ReactFlow,
  type ReactFlowInstance,
  ViewportPortal,
} from "@xyflow/react";
import { type KeyboardEvent, useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { BundleNode, type BundleNodeProps } from "@/components/graph/bundle-node";
import { BoxLayer, EdgeLayer } from "@/components/graph/edge-layer";
import { endFlight, useFlight } from "@/components/graph/flight";
import { neighboursInWords, stepOf } from "@/components/graph/graph-keys";
import type { GraphModel } from "@/components/graph/graph-model";
import { glideMs } from "@/components/graph/motion";
import { nodeState } from "@/components/graph/node-look";
import { focusPanel } from "@/components/graph/panel-focus";
import { StepNode, type StepNodeProps } from "@/components/graph/step-node";
import type { Layout } from "@/components/graph/use-layout";
import type { Size } from "@/components/graph/use-size";
import { ZoomButtons } from "@/components/graph/zoom-buttons";
import { isShortcut } from "@/components/shortcuts";
import { boundsOf, fitRect, openingView } from "@/lib/drawing/bounds";
import { NODE_HEIGHT, NODE_WIDTH } from "@/lib/drawing/graph-shape";

type StepFlowNode = Node<StepNodeProps & Record<string, unknown>, "step">;
type BundleFlowNode = Node<BundleNodeProps & Record<string, unknown>, "bundle">;
type FlowNode = StepFlowNode | BundleFlowNode;

const NODE_TYPES: NodeTypes = {
  step: ({ data }: NodeProps<StepFlowNode>) => <StepNode {...data} />,
  bundle: ({ data }: NodeProps<BundleFlowNode>) => <BundleNode {...data} />,
};
const MINIMAP_FROM = 60;
/** Below this zoom a node that one comes to cannot be read. */
const READABLE_ZOOM = 0.6;
const REACHED_ZOOM = 0.87;

export interface FlowCanvasProps {
  model: GraphModel;
  layout: Layout;
  selected: string | undefined;
  size: Size;
  onSelect: (key: string) => void;
  onOpenBundle: (id: string) => void;
  /** What had the focus before the graph was drawn by this. */
  focused: string | undefined;
  /** Back to what the page shows by itself. */
  onLeave: () => void;
}

/** Up to some hundred nodes, as elements of the page: selectable text, tooltips, focus. React Flow pans and zooms them. */
export function FlowCanvas(props: FlowCanvasProps) {
  const { model, layout, selected, size, onSelect, onOpenBundle, focused, onLeave } = props;
  const [flow, setFlow] = useState<ReactFlowInstance<FlowNode>>();
  const moved = useRef(false);
  const frame = useRef<HTMLDivElement>(null);
  // Of a bundle that was opened: the focus goes on to the first that was in it.
  const unfolded = useRef<readonly string[]>(undefined);
  const bundles = useRef(model.bundles);
  useEffect(() => {
    bundles.current = model.bundles;
  });
  const open = useCallback(
    (id: string) => {
      unfolded.current = bundles.current.get(id)?.members;
      onOpenBundle(id);
    },
    [onOpenBundle],
  );
  const nodes = useMemo(
    () => flowNodes(model, layout, selected, onSelect, open),
    [model, layout, selected, onSelect, open],
  );
  const bounds = useMemo(() => boundsOf(layout.at.values()), [layout]);
  // A map of a chain is a line.
  const isMappable = Math.max(bounds.width / bounds.height, bounds.height / bounds.width) < 12;
  const centre = selected === undefined ? undefined : layout.at.get(selected);
  const opening = openingView(bounds, centre, size.width, size.height);
  const [first] = useState(opening);

  // The view follows the graph until somebody takes it in hand.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a selection must not move the view
  useEffect(() => {
    if (flow && !moved.current && !layout.isKept) void flow.setViewport(opening);
  }, [flow, bounds, size]);

  const [reached, setReached] = useState<string>();
  const focusOn = (id: string) => {
    // The node may only be drawn once the view has come to it.
    requestAnimationFrame(() =>
      requestAnimationFrame(() =>
        frame.current
          ?.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`)
          ?.focus({ preventScroll: true }),
      ),
    );
  };
  /** Brings a node or bundle into sight, and the focus to it. */
  const reach = async (id: string) => {
    setReached(id);
    const point = layout.at.get(id);
    if (point && flow && !isSeen(flow, point, size)) {
      moved.current = true;
      const zoom = flow.getZoom() < READABLE_ZOOM ? REACHED_ZOOM : flow.getZoom();
      const duration = glideMs();
      await flow.setCenter(point.x + NODE_WIDTH / 2, point.y + NODE_HEIGHT / 2, { zoom, duration });
    }
    focusOn(id);
  };

  const takeOver = useEffectEvent(() => {
    if (focused !== undefined && document.activeElement === document.body) focusOn(focused);
  });
  useEffect(() => {
    if (flow) takeOver();
  }, [flow]);

  const flight = useFlight();
  const land = useEffectEvent((key: string) => {
    endFlight();
    void reach(key);
  });
  useEffect(() => {
    if (flight !== undefined && flow && layout.at.has(flight)) land(flight);
  }, [flight, flow, layout]);
  const goOn = useEffectEvent(() => {
    const first = unfolded.current?.find((key) => layout.at.has(key));
    if (first === undefined) return;
    unfolded.current = undefined;
    focusOn(first);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was folded is there once it has its place
  useEffect(() => goOn(), [layout]);

  const onKeyDown = (event: KeyboardEvent) => {
    const here = event.target instanceof HTMLElement ? event.target.dataset["node"] : undefined;
    if (here === undefined) return;
    const isStep = model.nodes.has(here);
    if (isShortcut(event, "openNode") && isStep) {
      onSelect(here);
      focusPanel();
    } else if (isShortcut(event, "leaveNode")) onLeave();
    else {
      const step = stepOf(event, here, model, layout);
      if (!step) return;
      if (step.to !== undefined) {
        if (model.nodes.has(step.to)) onSelect(step.to);
        void reach(step.to);
      }
    }
    event.preventDefault();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: listens to the arrow keys of the buttons inside
    <div ref={frame} onKeyDown={onKeyDown} className="absolute inset-0 bg-bg">
      <ReactFlow<FlowNode>
        nodes={nodes}
        edges={[]}
        nodeTypes={NODE_TYPES}
        defaultViewport={first}
        onInit={setFlow}
        onMoveStart={(event) => {
          if (event) moved.current = true;
        }}
        minZoom={0.05}
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
        preventScrolling
        proOptions={{ hideAttribution: true }}
        aria-label="Graph of the run"
      >
        <Background gap={22} size={2} color="var(--line)" />
        <ViewportPortal>
          <BoxLayer layout={layout} />
          <EdgeLayer model={model} layout={layout} />
        </ViewportPortal>
        {nodes.length > MINIMAP_FROM && isMappable && (
          <MiniMap<FlowNode>
            pannable
            zoomable
            ariaLabel="Map of the graph"
            position="top-right"
            className="overflow-hidden rounded-xl border border-line !bg-panel max-sm:hidden"
            style={{ width: 160, height: 100 }}
            maskColor="color-mix(in oklab, var(--bg) 65%, transparent)"
            nodeColor={mapColour}
            nodeStrokeWidth={0}
            nodeBorderRadius={12}
          />
        )}
      </ReactFlow>
      <p role="status" className="sr-only">
        {/* The node's own words are read out by its having the focus. */}
        {reached !== undefined && neighboursInWords(reached, model, layout)}
      </p>
      <ZoomButtons
        onZoom={(factor) => {
          moved.current = true;
          void flow?.zoomTo(flow.getZoom() * factor);
        }}
        onFit={() => {
          moved.current = true;
          void flow?.setViewport(fitRect(bounds, size.width, size.height));
        }}
      />
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

function isSeen(flow: ReactFlowInstance<FlowNode>, point: { x: number; y: number }, size: Size): boolean {
  const { x, y, zoom } = flow.getViewport();
  const left = point.x * zoom + x;
  const top = point.y * zoom + y;
  return (
    zoom >= READABLE_ZOOM &&
    left >= 0 &&
    top >= 0 &&
    left + NODE_WIDTH * zoom <= size.width &&
    top + NODE_HEIGHT * zoom <= size.height
  );
}

function mapColour(node: FlowNode): string {
  if (node.type === "bundle") return "var(--line)";
  const state = nodeState(node.data.step);
  if (state === "stuck" || state === "failed") return "var(--stuck)";
  if (state === "suspect") return "var(--suspect)";
  if (state === "slow") return "var(--slow)";
  if (state === "progressing") return "var(--run)";
  if (state === "waiting" || state === "unknown") return "var(--wait)";
  return state === "finished" ? "var(--ghost)" : "var(--line)";
}
