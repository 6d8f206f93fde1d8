/** A part of what can be scrolled, px from its top. */
export interface Tile {
  readonly top: number;
  readonly height: number;
}

/**
 * The part that is drawn while `scrollTop` is shown: a screen more above and below, so that scrolling moves what is there,
 * and a new part is drawn only after half a screen.
 */
export function tileAt(scrollTop: number, screen: number, content: number): Tile {
  const step = Math.max(1, Math.ceil(screen / 2));
  const at = Math.floor(Math.max(0, Math.min(scrollTop, content - screen)) / step) * step;
  const top = Math.max(0, at - screen);
  return { top, height: Math.min(content, at + step + 2 * screen) - top };
}
