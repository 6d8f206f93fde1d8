"use client";

import { useSyncExternalStore } from "react";

/** Below this width a run's page is one column that is scrolled as a whole (`lg` of the utilities). */
const ONE_COLUMN = "(width < 64rem)";

/** Whether the page is one that is scrolled: then neither a wheel nor a finger that goes up or down is the graph's. */
export function pageScrolls(): boolean {
  return window.matchMedia(ONE_COLUMN).matches;
}

export function usePageScrolls(): boolean {
  return useSyncExternalStore(follow, pageScrolls, () => false);
}

function follow(onChange: () => void): () => void {
  const query = window.matchMedia(ONE_COLUMN);
  query.addEventListener("change", onChange);
  return () => query.removeEventListener("change", onChange);
}
