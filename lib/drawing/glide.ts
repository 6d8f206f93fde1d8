import type { Viewport } from "./bounds.ts";

/** A viewport on the way from one to another, `part` (0 to 1) of it: slow at both ends, straight over the plane. */
export function between(from: Viewport, to: Viewport, part: number, width: number, height: number): Viewport {
  if (part <= 0) return from;
  if (part >= 1) return to;
  const t = part * part * (3 - 2 * part);
  const a = middle(from, width, height);
  const b = middle(to, width, height);
  // Zoom is felt by its ratio.
  const zoom = from.zoom * (to.zoom / from.zoom) ** t;
  return {
    zoom,
    x: width / 2 - (a.x + (b.x - a.x) * t) * zoom,
    y: height / 2 - (a.y + (b.y - a.y) * t) * zoom,
  };
}

/** The plane's point in the middle of the screen. */
function middle({ x, y, zoom }: Viewport, width: number, height: number): { x: number; y: number } {
  return { x: (width / 2 - x) / zoom, y: (height / 2 - y) / zoom };
}
