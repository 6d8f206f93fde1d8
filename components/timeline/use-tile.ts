import type { Virtualizer } from "@tanstack/react-virtual";
import { useMemo } from "react";
import { type Tile, tileAt } from "@/lib/drawing/tile";

/** The part of what is scrolled that is drawn; the same one until it no longer serves. */
export function useTile(virtual: Virtualizer<HTMLElement, Element>, screen: number): Tile {
  const content = Math.max(virtual.getTotalSize(), screen);
  const { top, height } = tileAt(virtual.scrollOffset ?? 0, screen, content);
  return useMemo(() => ({ top, height }), [top, height]);
}
