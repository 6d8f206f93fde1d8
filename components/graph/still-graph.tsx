"use client";

import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { BundleNode } from "@/components/graph/bundle-node";
import { BoxLayer, EdgeLayer } from "@/components/graph/edge-layer";
import type { NearGraphProps } from "@/components/graph/graph-props";
import { LEAST_ZOOM, type LeftView, NearFrame, nearOpening } from "@/components/graph/near-frame";
import { StepNode } from "@/components/graph/step-node";
import { useNearWalk } from "@/components/graph/use-near-walk";
import { usePanZoom } from "@/components/graph/use-pan-zoom";
import { boundsOf, type Viewport } from "@/lib/drawing/bounds";

export interface StillGraphProps extends NearGraphProps {
  /** Where it is left to whoever draws it next. */
  left: RefObject<LeftView | undefined>;
}

/** The graph as it opens, until React Flow has been fetched for whoever wants more of it: the same elements in the same places. */
export function StillGraph(props: StillGraphProps) {
  const { model, layout, selected, size, onSelect, left } = props;
  const [element, setElement] = useState<HTMLElement | null>(null);
  const plane = useRef<HTMLDivElement>(null);
  const follow = useRef<(view: Viewport) => void>(undefined);
  const bounds = useMemo(() => boundsOf(layout.at.values()), [layout]);
  const opening = nearOpening(props, bounds);
  const [first] = useState(opening);
  const moved = useRef(false);
  const show = (view: Viewport, moving: boolean) => {
    if (moving) moved.current = true;
    if (plane.current)
      plane.current.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.zoom})`;
    left.current = { view, moved: moved.current };
    follow.current?.(view);
  };
  const panZoom = usePanZoom(element, first, { onView: show }, LEAST_ZOOM);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, before it is seen
  useLayoutEffect(() => show(first, false), []);
  // The view follows the graph until somebody takes it in hand.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a selection must not move the view
  useEffect(() => {
    if (!moved.current && !layout.isKept) panZoom.set(opening);
  }, [bounds, size]);
  // The one stop of the Tab key: the chosen node, else the first.
  const stop = selected ?? layout.shape.nodes.find(({ id }) => model.nodes.has(id) && layout.at.has(id))?.id;
  const onMove = () => {
    moved.current = true;
  };
  const walk = useNearWalk({
    ...props,
    frame: plane,
    panZoom,
    isThere: element !== null,
    onMove,
  });
  return (
    <NearFrame {...{ model, layout, size, bounds, panZoom, follow, onMove }} reached={walk.reached}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: listens to the arrow keys of the buttons inside */}
      <div
        ref={setElement}
        onKeyDown={walk.onKeyDown}
        className="absolute inset-0 cursor-grab touch-none overflow-clip max-lg:touch-pan-y active:cursor-grabbing"
      >
        <div ref={plane} className="absolute top-0 left-0 isolate origin-top-left">
          <BoxLayer layout={layout} />
          <EdgeLayer model={model} layout={layout} />
          {layout.shape.nodes.map(({ id }) => {
            const at = layout.at.get(id);
            const step = model.nodes.get(id);
            const bundle = step ? undefined : model.bundles.get(id);
            if (!at || (!step && !bundle)) return null;
            return (
              <div key={id} className="absolute cursor-default" style={{ left: at.x, top: at.y }}>
                {step ? (
                  <StepNode
                    step={step}
                    holder={model.holders.get(id)}
                    selected={id === selected}
                    stop={id === stop}
                    select={onSelect}
                  />
                ) : (
                  bundle && <BundleNode bundle={bundle} model={model} open={walk.open} />
                )}
              </div>
            );
          })}
        </div>
      </div>
    </NearFrame>
  );
}
