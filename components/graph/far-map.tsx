"use client";

import { type PointerEvent, type RefObject, useEffect, useMemo, useRef, useState } from "react";
import { MAP_ORDER } from "@/components/graph/far-paint";
import type { Picture } from "@/components/graph/far-picture";
import { colourOf } from "@/components/graph/far-shape";
import type { PanZoom } from "@/components/graph/use-pan-zoom";
import type { Size } from "@/components/graph/use-size";
import { readPalette, watchLooks } from "@/components/ui/canvas-looks";
import { frameOn, type SmallMap, smallMap, type Viewport, viewFrom } from "@/lib/drawing/bounds";
import { NODE_HEIGHT, NODE_WIDTH, type Rect } from "@/lib/drawing/graph-shape";

/** What is quiet may be a dot; what is loud is found. */
const LEAST = { quiet: 1, loud: 3 };

export interface FarMapProps {
  picture: Picture;
  bounds: Rect;
  size: Size;
  panZoom: PanZoom;
  /** Told of each frame what is in view, so that the map's frame follows without a render. */
  follow: RefObject<((view: Viewport) => void) | undefined>;
}

/**
 * All of the graph in a corner, with a frame around what is in view: a press or a drag goes there. It takes no focus, since
 * the keys of the graph and its list of nodes lead everywhere.
 */
export function FarMap({ picture, bounds, size, panZoom, follow }: FarMapProps) {
  const [canvas, setCanvas] = useState<HTMLCanvasElement | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const map = useMemo(() => smallMap(bounds), [bounds]);

  useEffect(() => {
    if (!canvas) return undefined;
    let request = requestAnimationFrame(() => paintMap(canvas, picture, map));
    const unwatch = watchLooks(() => {
      cancelAnimationFrame(request);
      request = requestAnimationFrame(() => paintMap(canvas, picture, map));
    });
    return () => {
      unwatch();
      cancelAnimationFrame(request);
    };
  }, [canvas, picture, map]);

  useEffect(() => {
    const place = (view: Viewport) => {
      if (!frame.current) return;
      const { x, y, width, height } = frameOn(map, view, size.width, size.height);
      const { style } = frame.current;
      style.translate = `${x}px ${y}px`;
      style.width = `${width}px`;
      style.height = `${height}px`;
    };
    follow.current = place;
    place(panZoom.view());
    return () => {
      follow.current = undefined;
    };
  }, [map, size, panZoom, follow]);

  const goTo = (event: PointerEvent, moving: boolean) => {
    const box = event.currentTarget.getBoundingClientRect();
    const { zoom } = panZoom.view();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    panZoom.set(viewFrom(map, x, y, zoom, size.width, size.height), moving);
  };
  return (
    <div
      aria-hidden="true"
      data-testid="map"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        goTo(event, true);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) goTo(event, true);
      }}
      onPointerUp={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) goTo(event, false);
      }}
      className="absolute top-3.5 right-4 z-10 cursor-pointer touch-none overflow-hidden rounded-xl border border-line bg-panel max-sm:hidden"
      style={{ width: map.width + 2, height: map.height + 2 }}
    >
      <canvas ref={setCanvas} className="block" style={{ width: map.width, height: map.height }} />
      <div
        ref={frame}
        className="absolute top-0 left-0 rounded-sm border-[1.5px] border-text/70 bg-text/5 forced-colors:border-[Highlight]"
      />
    </div>
  );
}

function paintMap(canvas: HTMLCanvasElement, picture: Picture, map: SmallMap): void {
  const context = canvas.getContext("2d", { alpha: false });
  if (!context) return;
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(map.width * ratio);
  canvas.height = Math.round(map.height * ratio);
  const palette = readPalette(canvas);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = palette.panel;
  context.fillRect(0, 0, map.width, map.height);
  for (const { state, loud } of MAP_ORDER) {
    const least = loud ? LEAST.loud : LEAST.quiet;
    const w = Math.max(least, NODE_WIDTH * map.scaleX);
    const h = Math.max(least, NODE_HEIGHT * map.scaleY);
    context.fillStyle = colourOf(state, palette);
    context.globalAlpha = loud ? 1 : state === "planned" ? 0.45 : 0.7;
    for (const { state: its, at } of picture.nodes) {
      if (its === state) context.fillRect(map.x + at.x * map.scaleX, map.y + at.y * map.scaleY, w, h);
    }
  }
}
