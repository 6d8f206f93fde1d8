"use client";

import { type ReactNode, type RefObject, useEffect, useMemo, useRef } from "react";
import { FarMap } from "@/components/graph/far-map";
import { picture } from "@/components/graph/far-picture";
import { neighboursInWords } from "@/components/graph/graph-keys";
import type { NearGraphProps } from "@/components/graph/graph-props";
import type { PanZoom } from "@/components/graph/use-pan-zoom";
import { ZoomButtons } from "@/components/graph/zoom-buttons";
import { boundsOf, fitRect, openingView, type Viewport, zoomAt } from "@/lib/drawing/bounds";
import type { Point, Rect } from "@/lib/drawing/graph-shape";

/** The view of a graph as somebody left it, or as it opened. */
export interface LeftView {
  readonly view: Viewport;
  /** A hand has been at it: it no longer follows the graph. */
  readonly moved: boolean;
}

const MAP_FROM = 60;
/** Dots on the ground, so far apart at a zoom of one, px. */
const DOTS = 22;

export interface NearFrameProps extends Pick<NearGraphProps, "model" | "layout" | "size"> {
  bounds: Rect;
  panZoom: PanZoom;
  /** To be told of each view, so that ground and map follow without a render. */
  follow: RefObject<((view: Viewport) => void) | undefined>;
  /** A hand is at it. */
  onMove: () => void;
  /** Where the keys led last. */
  reached: string | undefined;
  children: ReactNode;
}

/** What is around a graph of elements, whoever pans it: the ground below, a map of a larger one, buttons. */
export function NearFrame(props: NearFrameProps) {
  const { model, layout, size, bounds, panZoom, follow, onMove, reached, children } = props;
  const ground = useRef<HTMLDivElement>(null);
  const followOnMap = useRef<(view: Viewport) => void>(undefined);
  useEffect(() => {
    const place = (view: Viewport) => {
      if (ground.current) placeDots(ground.current.style, view);
      followOnMap.current?.(view);
    };
    follow.current = place;
    place(panZoom.view());
    return () => {
      follow.current = undefined;
    };
  }, [follow, panZoom]);
  // A map of a chain is a line.
  const isMappable = Math.max(bounds.width / bounds.height, bounds.height / bounds.width) < 12;
  const isMapped = isMappable && layout.shape.nodes.length > MAP_FROM;
  const drawn = useMemo(() => (isMapped ? picture(model, layout) : undefined), [isMapped, model, layout]);
  const byHand = (view: Viewport, moving?: boolean) => {
    onMove();
    panZoom.set(view, moving);
  };
  return (
    <>
      <div ref={ground} aria-hidden="true" className="absolute inset-0 bg-bg" />
      {children}
      {drawn && (
        <FarMap
          picture={drawn}
          {...{ bounds, size }}
          panZoom={{ view: panZoom.view, set: byHand }}
          follow={followOnMap}
        />
      )}
      <p role="status" className="sr-only">
        {/* The node's own words are read out by its having the focus. */}
        {reached !== undefined && neighboursInWords(reached, model, layout)}
      </p>
      <ZoomButtons
        onZoom={(factor) =>
          byHand(zoomAt(panZoom.view(), size.width / 2, size.height / 2, factor, LEAST_ZOOM))
        }
        onFit={() => byHand(fitRect(bounds, size.width, size.height))}
      />
    </>
  );
}

/** No graph of so few nodes needs to be seen from farther away. */
export const LEAST_ZOOM = 0.05;

function placeDots(style: CSSStyleDeclaration, { x, y, zoom }: Viewport): void {
  style.backgroundImage = `radial-gradient(circle at ${zoom}px ${zoom}px, var(--line) ${zoom}px, transparent 0)`;
  style.backgroundSize = `${DOTS * zoom}px ${DOTS * zoom}px`;
  style.backgroundPosition = `${x}px ${y}px`;
}

/** Of so many nodes one reads them one by one, and the first is where one begins. */
const FEW = 24;

/** How a graph of elements opens: all of it where that can be read, else what is chosen, what holds the run, or where it begins. */
export function nearOpening(
  { model, layout, selected, size }: Pick<NearGraphProps, "model" | "layout" | "selected" | "size">,
  bounds = boundsOf(layout.at.values()),
): Viewport {
  const centre = [selected, ...model.blockers].flatMap((id) => (id && layout.at.get(id)) || [])[0];
  const begins = layout.shape.nodes.length <= FEW ? firstOf(layout.at.values()) : undefined;
  return openingView(bounds, centre ?? begins, size.width, size.height);
}

function firstOf(points: Iterable<Point>): Point | undefined {
  let first: Point | undefined;
  for (const point of points) {
    if (!first || point.x < first.x || (point.x === first.x && point.y < first.y)) first = point;
  }
  return first;
}
