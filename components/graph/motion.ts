"use client";

import { useEffect, useRef } from "react";
import type { PanZoom } from "@/components/graph/use-pan-zoom";
import type { Size } from "@/components/graph/use-size";
import type { Viewport } from "@/lib/drawing/bounds";
import { between } from "@/lib/drawing/glide";

/** How long the view takes to glide to a node, ms; not at all where the reader wants no motion. */
const GLIDE_MS = 320;

function glideMs(): number {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : GLIDE_MS;
}

/** Takes the view somewhere, and says when it is there; a later journey ends one that is under way for good. */
export function useGlide(panZoom: PanZoom, { width, height }: Size): (to: Viewport) => Promise<void> {
  const frame = useRef(0);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);
  return (to) =>
    new Promise((arrived) => {
      cancelAnimationFrame(frame.current);
      const lasts = glideMs();
      const from = panZoom.view();
      let began: number | undefined;
      const step = (at: number) => {
        began ??= at;
        const part = lasts === 0 ? 1 : (at - began) / lasts;
        panZoom.set(between(from, to, part, width, height), part < 1);
        if (part < 1) frame.current = requestAnimationFrame(step);
        else arrived();
      };
      if (lasts === 0) step(0);
      else frame.current = requestAnimationFrame(step);
    });
}
