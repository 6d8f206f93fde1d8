/** The node's panel, as the keyboard comes to it from the graph. */
export const PANEL_ID = "node-panel";

export function focusPanel(): void {
  const panel = document.getElementById(PANEL_ID);
  panel?.focus({ preventScroll: true });
  // Beside the graph it is seen already; below it, on a phone, it is not.
  panel?.scrollIntoView({ block: "nearest" });
}
