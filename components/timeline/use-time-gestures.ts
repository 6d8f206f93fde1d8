"use client";

import { type KeyboardEvent, useEffect, useRef } from "react";
import { isShortcut } from "@/components/shortcuts";
import { panWindow, pinchWindow, type TimeWindow, windowAtEdge, zoomWindow } from "@/lib/drawing/time-window";
import { nearerBy, turnedBy } from "@/lib/drawing/wheel";

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
/** From a month to a second in some seventy turns: doublings a pixel of the wheel. */
const ZOOM_SPEED = 0.003;

/**
 * A wheel over the axis, or with Ctrl or Cmd anywhere, zooms; a drag or a wheel sideways pans; two fingers do both. All else
 * scrolls as everywhere.
 */
export function useTimeGestures(element: HTMLElement | null, options: GestureOptions): void {
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  useEffect(() => {
    if (!element) return undefined;
    const fingers = new Map<number, { began: number; x: number }>();
    // What was shown when the last finger came or went.
    let before = latest.current.window;
    let moved = false;
    const begin = () => {
      before = latest.current.window;
      for (const finger of fingers.values()) finger.began = finger.x;
    };
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
      const isZoom = event.ctrlKey || event.metaKey || (y < axis && x >= 0);
      const turned = turnedBy(event);
      if (isZoom && turned.y !== 0) {
        event.preventDefault();
        const at = timeAt(Math.min(width, Math.max(0, x)));
        show(zoomWindow(window, at, nearerBy(event, ZOOM_SPEED), whole));
      } else if (event.shiftKey || Math.abs(turned.x) > Math.abs(turned.y)) {
        event.preventDefault();
        const sideways = event.shiftKey ? turned.x || turned.y : turned.x;
        show(panWindow(window, sideways / width, whole));
      }
    };
    const onDown = (event: PointerEvent) => {
      const { x } = place(event);
      if (event.button !== 0 || x < 0) return;
      if (fingers.size === 0) moved = false;
      fingers.set(event.pointerId, { began: x, x });
      begin();
    };
    const onMove = (event: PointerEvent) => {
      const { whole, width, show, onPoint } = latest.current;
      const { x } = place(event);
      onPoint(x >= 0 && x <= width ? x : undefined);
      // Let go of where it was not seen.
      if (event.buttons === 0) fingers.delete(event.pointerId);
      const finger = fingers.get(event.pointerId);
      if (!finger || (!moved && Math.abs(x - finger.began) <= SLACK)) return;
      finger.x = x;
      moved = true;
      // What was pressed is then not chosen.
      if (!element.hasPointerCapture(event.pointerId)) element.setPointerCapture(event.pointerId);
      const [one, other] = fingers.values();
      if (!one) return;
      show(
        other
          ? pinchWindow(before, [one.began, other.began], [one.x, other.x], width, whole)
          : panWindow(before, (one.began - one.x) / width, whole),
      );
    };
    const onUp = (event: PointerEvent) => {
      if (!fingers.delete(event.pointerId)) return;
      const { x, y } = place(event);
      const { width, axis, onInstant } = latest.current;
      if (!moved && event.type === "pointerup" && y < axis && x <= width) onInstant(timeAt(x));
      begin();
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
