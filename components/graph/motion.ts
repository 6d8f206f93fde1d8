/** How long the view takes to glide to a node, ms; not at all where the reader wants no motion. */
const GLIDE_MS = 320;

export function glideMs(): number {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : GLIDE_MS;
}
