"use client";

import { useSyncExternalStore } from "react";

export type Overlay = "palette" | "keys" | undefined;

let shown: Overlay;
/** Where the focus was, and returns to. */
let before: Element | null = null;
const listeners = new Set<() => void>();

/** Shows the palette or the list of keys over whatever page there is, or neither. */
export function show(overlay: Overlay): void {
  if (shown === undefined) before = document.activeElement;
  shown = overlay;
  for (const listener of listeners) listener();
}

export function returnFocus(): void {
  if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useOverlay(): Overlay {
  return useSyncExternalStore(
    subscribe,
    () => shown,
    () => undefined,
  );
}
