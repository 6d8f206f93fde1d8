/** A part of what can be scrolled, px from its top. */
export interface Tile {
  readonly top: number;
  readonly height: number;
}

/**
 * The part that is drawn while `scrollTop` is shown: half a screen more above and below, so that scrolling moves what is there,
 * and a new part is drawn only after a quarter of a screen.
 */
export function tileAt(scrollTop: number, screen: number, content: number): Tile {
  const step = Math.max(1, Math.ceil(screen / 4));
  const more = 2 * step;
  const at = Math.floor(Math.max(0, Math.min(scrollTop, content - screen)) / step) * step;
  const top = Math.max(0, at - more);
  return { top, height: Math.min(content, at + step + screen + more) - top };
}
