"use client";

import { useEffect, useRef } from "react";
import { pageScrolls } from "@/components/graph/page-scrolls";
import { type Viewport, zoomAt } from "@/lib/drawing/bounds";
import { nearerBy } from "@/lib/drawing/wheel";

export interface PanZoom {
  readonly view: () => Viewport;
  /** `moving` while more will follow at once. */
  readonly set: (view: Viewport, moving?: boolean) => void;
}

interface Handlers {
  /** Called at every change; `moving` while a gesture lasts. */
  onView: (view: Viewport, moving: boolean) => void;
  /** A press and release without a move between. */
  onTap?: (x: number, y: number) => void;
  /** A press, of which nobody knows yet what it becomes. */
  onPress?: (x: number, y: number) => void;
}

/** A gesture of the wheel is over after this long without a turn. */
const REST_MS = 120;
const TAP_SLACK = 4;
/** As React Flow zooms: doublings a pixel of the wheel. */
const ZOOM_SPEED = 0.002;

/** Drag to pan, wheel or pinch to zoom. The viewport is kept out of React: it changes at every frame. */
export function usePanZoom(
  element: HTMLElement | null,
  first: Viewport,
  handlers: Handlers,
  leastZoom?: number,
): PanZoom {
  const view = useRef(first);
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  const set = useRef((next: Viewport, moving: boolean) => {
    view.current = next;
    latest.current.onView(next, moving);
  });

  useEffect(() => {
    if (!element) return undefined;
    const fingers = new Map<number, { x: number; y: number }>();
    let rest: ReturnType<typeof setTimeout> | undefined;
    let travelled = 0;
    const place = (event: MouseEvent) => {
      const box = element.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    };
    const settle = () => {
      clearTimeout(rest);
      rest = setTimeout(() => set.current(view.current, false), REST_MS);
    };
    const onWheel = (event: WheelEvent) => {
      // Where the page itself is scrolled, a wheel scrolls it: over a graph as high as the screen one would never get past it.
      if (pageScrolls() && !event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const { x, y } = place(event);
      set.current(zoomAt(view.current, x, y, nearerBy(event, ZOOM_SPEED), leastZoom), true);
      settle();
    };
    const onDown = (event: PointerEvent) => {
      if (event.button !== 0) return;
      const at = place(event);
      if (fingers.size === 0) latest.current.onPress?.(at.x, at.y);
      fingers.set(event.pointerId, at);
      travelled = 0;
    };
    const onMove = (event: PointerEvent) => {
      const before = fingers.get(event.pointerId);
      if (!before) return;
      const now = place(event);
      const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
      travelled += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
      fingers.set(event.pointerId, now);
      // Only now: what was pressed is then not chosen, and without a move it is.
      if (travelled > TAP_SLACK && !element.hasPointerCapture(event.pointerId))
        element.setPointerCapture(event.pointerId);
      if (other) {
        const factor =
          Math.hypot(now.x - other.x, now.y - other.y) /
          Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
        const [x, y] = [(before.x + other.x) / 2, (before.y + other.y) / 2];
        const near = zoomAt(view.current, x, y, factor, leastZoom);
        // Two fingers move it as well.
        const [dx, dy] = [(now.x - before.x) / 2, (now.y - before.y) / 2];
        set.current({ zoom: near.zoom, x: near.x + dx, y: near.y + dy }, true);
      } else {
        const { x, y, zoom } = view.current;
        set.current({ zoom, x: x + now.x - before.x, y: y + now.y - before.y }, true);
      }
      settle();
    };
    const onUp = (event: PointerEvent) => {
      if (!fingers.delete(event.pointerId)) return;
      const { x, y } = place(event);
      if (event.type === "pointerup" && travelled <= TAP_SLACK) latest.current.onTap?.(x, y);
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    element.addEventListener("pointerdown", onDown);
    element.addEventListener("pointermove", onMove);
    element.addEventListener("pointerup", onUp);
    element.addEventListener("pointercancel", onUp);
    return () => {
      clearTimeout(rest);
      element.removeEventListener("wheel", onWheel);
      element.removeEventListener("pointerdown", onDown);
      element.removeEventListener("pointermove", onMove);
      element.removeEventListener("pointerup", onUp);
      element.removeEventListener("pointercancel", onUp);
    };
  }, [element, leastZoom]);

  return useRef({
    view: () => view.current,
    set: (next: Viewport, moving = false) => set.current(next, moving),
  }).current;
}
