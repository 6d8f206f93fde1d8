/** What a drawing on a canvas needs of the page's looks: a canvas knows no variables, and hears of no change. */

const VARIABLES = [
  "bg",
  "panel",
  "raise",
  "line",
  "line2",
  "ghost",
  "text",
  "muted",
  "stuck",
  "stuck-bg",
  "suspect",
  "slow",
  "wait",
  "run",
  "ok",
  "ok-bg",
  "reuse",
  "beat",
  "accent",
] as const;
export type Palette = Readonly<Record<(typeof VARIABLES)[number], string>>;

const FORCED = "(forced-colors: active)";

/** The design's colours as the element has them now. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const pairs = VARIABLES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]);
  const palette = Object.fromEntries(pairs) as Palette;
  // Hairlines of a theme may be lost on the surface of a palette that is forced.
  return isForced() ? { ...palette, line: palette.ghost, line2: palette.ghost } : palette;
}

/** Whether the reader forces a palette: what is told by how deep a colour is needs an edge then. */
export function isForced(): boolean {
  return window.matchMedia(FORCED).matches;
}

/** Calls back when a drawing no longer looks like the page: another theme, palette, scale of the screen, or a font that came. */
export function watchLooks(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  const queries = [FORCED, "(prefers-color-scheme: dark)", `(resolution: ${devicePixelRatio}dppx)`].map(
    (query) => window.matchMedia(query),
  );
  for (const query of queries) query.addEventListener("change", changed);
  document.fonts.addEventListener("loadingdone", changed);
  return () => {
    observer.disconnect();
    for (const query of queries) query.removeEventListener("change", changed);
    document.fonts.removeEventListener("loadingdone", changed);
  };
}
