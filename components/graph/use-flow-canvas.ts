"use client";

import { type ComponentType, useEffect, useEffectEvent, useRef, useState } from "react";
import { fetchPart } from "@/components/fetch-part";
import type { FlowCanvasProps } from "@/components/graph/flow-canvas";

interface Found {
  readonly FlowCanvas: ComponentType<FlowCanvasProps>;
}

/** A wheel is at rest after so long without a turn, and the view where a key led to, ms. */
const WHEEL_REST_MS = 150;
const KEY_REST_MS = 600;

/**
 * React Flow for a small graph, once it is wanted and there. It is not put under a hand that moves the graph, nor under a
 * focus that is on a node: whoever walks by keys would lose it between two of them.
 */
export function useFlowCanvas(wanted: boolean): ComponentType<FlowCanvasProps> | undefined {
  const [found, setFound] = useState<Found>();
  const arrived = useRef<Found>(undefined);
  const pressed = useRef(new Set<number>());
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const show = useEffectEvent(() => {
    const isFree = pressed.current.size === 0 && resting.current === undefined && !hasFocus();
    if (isFree && arrived.current) setFound(arrived.current);
  });

  useEffect(() => {
    if (found) return undefined;
    const isOver = new AbortController();
    const on = (type: keyof WindowEventMap, act: (event: Event) => void) =>
      window.addEventListener(type, act, { capture: true, passive: true, signal: isOver.signal });
    const rest = (ms: number) => () => {
      clearTimeout(resting.current);
      resting.current = setTimeout(() => {
        resting.current = undefined;
        show();
      }, ms);
    };
    const onUp = (event: Event) => {
      if (event instanceof PointerEvent) pressed.current.delete(event.pointerId);
      // The click comes after this.
      setTimeout(() => show(), 0);
    };
    on("pointerdown", (event) => event instanceof PointerEvent && pressed.current.add(event.pointerId));
    on("pointerup", onUp);
    on("pointercancel", onUp);
    // By then it is where it goes: to another node, perhaps.
    on("focusout", () => setTimeout(() => show(), 0));
    on("wheel", rest(WHEEL_REST_MS));
    on("keydown", rest(KEY_REST_MS));
    return () => {
      isOver.abort();
      clearTimeout(resting.current);
    };
  }, [found]);

  useEffect(() => {
    if (!wanted || found) return undefined;
    let isOver = false;
    void fetchPart(() => import("@/components/graph/flow-canvas")).then(({ FlowCanvas }) => {
      arrived.current = { FlowCanvas };
      if (!isOver) show();
    });
    return () => {
      isOver = true;
    };
  }, [wanted, found]);
  return found?.FlowCanvas;
}

/** Whether a node or bundle has the focus. */
function hasFocus(): boolean {
  return document.activeElement?.closest("[data-node]") != null;
}
