"use client";

import { type KeyboardEvent, useEffect, useRef } from "react";
import { isShortcut } from "@/components/shortcuts";
import { panWindow, type TimeWindow, windowAtEdge, zoomWindow } from "@/lib/drawing/time-window";

export interface GestureOptions {
  readonly window: TimeWindow;
  readonly whole: TimeWindow;
  /** Where time begins, and how wide it is, px. */
  readonly left: number;
  readonly width: number;
  /** The height of the axis, where a plain wheel zooms and a tap chooses an instant. */
  readonly axis: number;
  readonly show: (next: TimeWindow | "all") => void;
  /** The instant under the pointer; undefined where there is none. */
  readonly onPoint: (x: number | undefined) => void;
  readonly onInstant: (at: number) => void;
}

const SLACK = 4;
const STEP = 1 / 8;
const NEARER = 1.5;

/**
 * A wheel over the axis, or with Ctrl or Cmd anywhere, zooms; a drag or a wheel sideways pans. All else scrolls as
 * everywhere.
 */
export function useTimeGestures(element: HTMLElement | null, options: GestureOptions): void {
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  useEffect(() => {
    if (!element) return undefined;
    let drag: { id: number; x: number; from: TimeWindow; moved: boolean } | undefined;
    const place = (event: MouseEvent) => {
      const box = element.getBoundingClientRect();
      return { x: event.clientX - box.left - latest.current.left, y: event.clientY - box.top };
    };
    const timeAt = (x: number) => {
      const { window, width } = latest.current;
      return window.from + (x / width) * (window.to - window.from);
    };
    const onWheel = (event: WheelEvent) => {
      const { window, whole, width, axis, show } = latest.current;
      const { x, y } = place(event);
      const pixels = event.deltaMode === 1 ? 20 : 1;
      const isZoom = event.ctrlKey || event.metaKey || (y < axis && x >= 0);
      const sideways = event.shiftKey ? event.deltaX || event.deltaY : event.deltaX;
      if (isZoom && event.deltaY !== 0) {
        event.preventDefault();
        // A pinch on a trackpad comes as a wheel with Ctrl, in small steps.
        const speed = event.ctrlKey && Math.abs(event.deltaY) < 20 ? 0.012 : 0.003;
        show(
          zoomWindow(
            window,
            timeAt(Math.min(width, Math.max(0, x))),
            2 ** (-event.deltaY * pixels * speed),
            whole,
          ),
        );
      } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        event.preventDefault();
        show(panWindow(window, (sideways * pixels) / width, whole));
      }
    };
    const onDown = (event: PointerEvent) => {
      const { x } = place(event);
      if (event.button !== 0 || x < 0) return;
      drag = { id: event.pointerId, x, from: latest.current.window, moved: false };
    };
    const onMove = (event: PointerEvent) => {
      const { whole, width, show, onPoint } = latest.current;
      const { x } = place(event);
      onPoint(x >= 0 && x <= width ? x : undefined);
      if (!drag || drag.id !== event.pointerId) return;
      if (!drag.moved && Math.abs(x - drag.x) <= SLACK) return;
      if (!drag.moved) {
        drag.moved = true;
        // What was pressed is then not chosen.
        element.setPointerCapture(event.pointerId);
      }
      show(panWindow(drag.from, (drag.x - x) / width, whole));
    };
    const onUp = (event: PointerEvent) => {
      const { x, y } = place(event);
      const { width, axis, onInstant } = latest.current;
      if (drag && !drag.moved && event.type === "pointerup" && y < axis && x <= width) onInstant(timeAt(x));
      drag = undefined;
    };
    const onLeave = () => latest.current.onPoint(undefined);
    element.addEventListener("wheel", onWheel, { passive: false });
    element.addEventListener("pointerdown", onDown);
    element.addEventListener("pointermove", onMove);
    element.addEventListener("pointerup", onUp);
    element.addEventListener("pointercancel", onUp);
    element.addEventListener("pointerleave", onLeave);
    return () => {
      element.removeEventListener("wheel", onWheel);
      element.removeEventListener("pointerdown", onDown);
      element.removeEventListener("pointermove", onMove);
      element.removeEventListener("pointerup", onUp);
      element.removeEventListener("pointercancel", onUp);
      element.removeEventListener("pointerleave", onLeave);
    };
  }, [element]);
}

/** Plus and minus zoom, arrows pan, 0 shows all, Home and End lead to the run's. True where the key was one of them. */
export function windowByKey(
  event: KeyboardEvent,
  { window, whole, show }: Pick<GestureOptions, "window" | "whole" | "show">,
): boolean {
  const next = windowAfter(event, window, whole);
  if (next === undefined) return false;
  event.preventDefault();
  show(next);
  return true;
}

function windowAfter(
  event: KeyboardEvent,
  window: TimeWindow,
  whole: TimeWindow,
): TimeWindow | "all" | undefined {
  const middle = (window.from + window.to) / 2;
  if (isShortcut(event, "zoomIn")) return zoomWindow(window, middle, NEARER, whole);
  if (isShortcut(event, "zoomOut")) return zoomWindow(window, middle, 1 / NEARER, whole);
  if (isShortcut(event, "panEarlier")) return panWindow(window, -STEP, whole);
  if (isShortcut(event, "panLater")) return panWindow(window, STEP, whole);
  if (isShortcut(event, "runStart")) return windowAtEdge(window, "start", whole);
  if (isShortcut(event, "runEnd")) return windowAtEdge(window, "end", whole);
  return isShortcut(event, "showAll") ? "all" : undefined;
}
