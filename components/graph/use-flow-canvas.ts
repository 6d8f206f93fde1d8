"use client";

import { type ComponentType, useEffect, useState } from "react";
import { fetchPart } from "@/components/fetch-part";
import type { FlowCanvasProps } from "@/components/graph/flow-canvas";

interface Found {
  readonly FlowCanvas: ComponentType<FlowCanvasProps>;
}

/** What pans and zooms a small graph, once it is wanted and there. It is not put under a pointer that is pressed. */
export function useFlowCanvas(wanted: boolean): ComponentType<FlowCanvasProps> | undefined {
  const [found, setFound] = useState<Found>();
  useEffect(() => {
    if (!wanted || found) return undefined;
    let pressed = false;
    let arrived: Found | undefined;
    const show = () => {
      if (!pressed && arrived) setFound(arrived);
    };
    const onDown = () => {
      pressed = true;
    };
    const onUp = () => {
      pressed = false;
      // The click comes after this.
      setTimeout(show, 0);
    };
    window.addEventListener("pointerdown", onDown, true);
    window.addEventListener("pointerup", onUp, true);
    window.addEventListener("pointercancel", onUp, true);
    let isOver = false;
    void fetchPart(() => import("@/components/graph/flow-canvas")).then(({ FlowCanvas }) => {
      arrived = { FlowCanvas };
      if (!isOver) show();
    });
    return () => {
      isOver = true;
      window.removeEventListener("pointerdown", onDown, true);
      window.removeEventListener("pointerup", onUp, true);
      window.removeEventListener("pointercancel", onUp, true);
    };
  }, [wanted, found]);
  return found?.FlowCanvas;
}
