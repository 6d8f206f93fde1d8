"use client";

import { type KeyboardEvent, useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { BundleNode } from "@/components/graph/bundle-node";
import { BoxLayer, EdgeLayer } from "@/components/graph/edge-layer";
import { FarMap } from "@/components/graph/far-map";
import { picture } from "@/components/graph/far-picture";
import { endFlight, useFlight } from "@/components/graph/flight";
import { neighboursInWords, stepOf } from "@/components/graph/graph-keys";
import type { GraphModel } from "@/components/graph/graph-model";
import { useGlide } from "@/components/graph/motion";
import { focusPanel } from "@/components/graph/panel-focus";
import { StepNode } from "@/components/graph/step-node";
import type { Layout } from "@/components/graph/use-layout";
import { usePanZoom } from "@/components/graph/use-pan-zoom";
import type { Size } from "@/components/graph/use-size";
import { ZoomButtons } from "@/components/graph/zoom-buttons";
import { isShortcut } from "@/components/shortcuts";
import { boundsOf, centredOn, fitRect, openingView, type Viewport, zoomAt } from "@/lib/drawing/bounds";
import { NODE_HEIGHT, NODE_WIDTH, type Point } from "@/lib/drawing/graph-shape";

/** A smaller graph needs no map. */
const MAP_FROM = 60;
/** Below this zoom a node that one comes to cannot be read. */
const READABLE_ZOOM = 0.6;
const REACHED_ZOOM = 0.87;
/** Between the dots of the ground, at a zoom of 1. */
const DOTS = 22;

export interface NearCanvasProps {
  model: GraphModel;
  layout: Layout;
  selected: string | undefined;
  size: Size;
  onSelect: (key: string) => void;
  onOpenBundle: (id: string) => void;
  /** Back to what the page shows by itself. */
  onLeave: () => void;
}

/** Up to some hundred nodes, as elements of the page: tooltips, focus, text that is read out. */
export function NearCanvas(props: NearCanvasProps) {
  const { model, layout, selected, size, onSelect, onOpenBundle, onLeave } = props;
  const [frame, setFrame] = useState<HTMLElement | null>(null);
  const follow = useRef<(view: Viewport) => void>(undefined);
  const plane = useRef<HTMLDivElement>(null);
  const moved = useRef(false);
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
  const bounds = useMemo(() => boundsOf(layout.at.values()), [layout]);
  const centre = selected === undefined ? undefined : layout.at.get(selected);
  const opening = openingView(bounds, centre, size.width, size.height);
  const [first] = useState(opening);
  const mapped = useMemo(
    () => (layout.shape.nodes.length > MAP_FROM ? picture(model, layout) : undefined),
    [model, layout],
  );

  const place = (view: Viewport) => {
    if (!plane.current || !frame) return;
    const { x, y, zoom } = view;
    plane.current.style.transform = `translate(${x}px, ${y}px) scale(${zoom})`;
    frame.style.backgroundPosition = `${x}px ${y}px`;
    frame.style.backgroundSize = `${DOTS * zoom}px ${DOTS * zoom}px`;
    follow.current?.(view);
  };
  const panZoom = usePanZoom(frame, first, {
    onView: (view, moving) => {
      if (moving) moved.current = true;
      place(view);
    },
    onTap: () => {},
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: once the elements are there
  useEffect(() => place(panZoom.view()), [frame]);

  // The view follows the graph until somebody takes it in hand.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a selection must not move the view
  useEffect(() => {
    if (!moved.current && !layout.isKept) panZoom.set(opening);
  }, [panZoom, bounds, size]);

  const [reached, setReached] = useState<string>();
  const focusOn = (id: string) => {
    // The node may only be drawn once the view has come to it.
    requestAnimationFrame(() =>
      requestAnimationFrame(() =>
        frame?.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`)?.focus({ preventScroll: true }),
      ),
    );
  };
  const glide = useGlide(panZoom, size);
  /** Brings a node or bundle into sight, and the focus to it. */
  const reach = async (id: string) => {
    setReached(id);
    const point = layout.at.get(id);
    const view = panZoom.view();
    if (point && !isSeen(view, point, size)) {
      moved.current = true;
      const zoom = view.zoom < READABLE_ZOOM ? REACHED_ZOOM : view.zoom;
      await glide(centredOn(point, zoom, size.width, size.height));
    }
    focusOn(id);
  };

  const flight = useFlight();
  const land = useEffectEvent((key: string) => {
    endFlight();
    void reach(key);
  });
  useEffect(() => {
    if (flight !== undefined && frame && layout.at.has(flight)) land(flight);
  }, [flight, frame, layout]);
  const goOn = useEffectEvent(() => {
    const next = unfolded.current?.find((key) => layout.at.has(key));
    if (next === undefined) return;
    unfolded.current = undefined;
    focusOn(next);
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
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: listens to the arrow keys of the buttons inside */}
      <div
        ref={setFrame}
        onKeyDown={onKeyDown}
        className="dotted-canvas absolute inset-0 cursor-grab touch-none overflow-clip select-none active:cursor-grabbing"
      >
        <div ref={plane} className="absolute top-0 left-0 origin-top-left">
          <BoxLayer layout={layout} />
          <EdgeLayer model={model} layout={layout} />
          <Nodes {...{ model, layout, selected, open }} select={onSelect} />
        </div>
      </div>
      <p role="status" className="sr-only">
        {/* The node's own words are read out by its having the focus. */}
        {reached !== undefined && neighboursInWords(reached, model, layout)}
      </p>
      {mapped && <FarMap picture={mapped} {...{ bounds, size, panZoom, follow }} />}
      <ZoomButtons
        onZoom={(factor) => {
          moved.current = true;
          panZoom.set(zoomAt(panZoom.view(), size.width / 2, size.height / 2, factor));
        }}
        onFit={() => {
          moved.current = true;
          panZoom.set(fitRect(bounds, size.width, size.height));
        }}
      />
    </>
  );
}

interface NodesProps {
  model: GraphModel;
  layout: Layout;
  selected: string | undefined;
  select: (key: string) => void;
  open: (id: string) => void;
}

function Nodes({ model, layout, selected, select, open }: NodesProps) {
  // The one stop of the Tab key: the chosen node, else the first.
  const stop = selected ?? layout.shape.nodes.find(({ id }) => model.nodes.has(id) && layout.at.has(id))?.id;
  return layout.shape.nodes.map(({ id }) => {
    const at = layout.at.get(id);
    const step = model.nodes.get(id);
    const bundle = step ? undefined : model.bundles.get(id);
    if (!at || (!step && !bundle)) return null;
    return (
      <div key={id} className="absolute" style={{ left: at.x, top: at.y }}>
        {step ? (
          <StepNode
            {...{ step, select }}
            holder={model.holders.get(id)}
            selected={id === selected}
            stop={id === stop}
          />
        ) : (
          bundle && <BundleNode {...{ bundle, model, open }} />
        )}
      </div>
    );
  });
}

function isSeen({ x, y, zoom }: Viewport, point: Point, size: Size): boolean {
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
