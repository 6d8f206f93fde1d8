"use client";

import {
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from "react";
import { endFlight, useFlight } from "@/components/graph/flight";
import { stepOf } from "@/components/graph/graph-keys";
import type { NearGraphProps } from "@/components/graph/graph-props";
import { useGlide } from "@/components/graph/motion";
import { focusPanel } from "@/components/graph/panel-focus";
import type { PanZoom } from "@/components/graph/use-pan-zoom";
import type { Size } from "@/components/graph/use-size";
import { isShortcut } from "@/components/shortcuts";
import { centredOn, type Viewport } from "@/lib/drawing/bounds";
import { NODE_HEIGHT, NODE_WIDTH, type Point } from "@/lib/drawing/graph-shape";

/** Below this zoom a node that one comes to cannot be read. */
const READABLE_ZOOM = 0.6;
const REACHED_ZOOM = 0.87;

export interface NearWalkOptions extends NearGraphProps {
  /** Around the elements of the nodes. */
  readonly frame: RefObject<HTMLElement | null>;
  readonly panZoom: PanZoom;
  /** The nodes have elements. */
  readonly isThere: boolean;
  /** The view is taken in hand. */
  readonly onMove: () => void;
}

/** Keys on a graph of elements, and journeys to its nodes: the view follows the focus. */
export function useNearWalk(options: NearWalkOptions) {
  const { model, layout, size, onSelect, onOpenBundle, onLeave, frame, panZoom, isThere, onMove } = options;
  const glideTo = useGlide(panZoom, size);
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
    const view = panZoom.view();
    if (point && !isSeen(view, point, size)) {
      onMove();
      const zoom = view.zoom < READABLE_ZOOM ? REACHED_ZOOM : view.zoom;
      await glideTo(centredOn(point, zoom, size.width, size.height));
    }
    focusOn(id);
  };

  const flight = useFlight();
  const land = useEffectEvent((key: string) => {
    endFlight();
    void reach(key);
  });
  useEffect(() => {
    if (flight !== undefined && isThere && layout.at.has(flight)) land(flight);
  }, [flight, isThere, layout]);
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
    if (isShortcut(event, "openNode") && model.nodes.has(here)) {
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
  return { onKeyDown, open, reached };
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
