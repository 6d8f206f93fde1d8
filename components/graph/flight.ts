"use client";

import { useSyncExternalStore } from "react";

/** A node that another part of the page wants seen: the graph brings it into view, and the focus to it. */
let wanted: string | undefined;
const listeners = new Set<() => void>();

function set(key: string | undefined): void {
  wanted = key;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function flyTo(key: string): void {
  set(key);
}

/** It was done, or is no longer wanted. */
export function endFlight(): void {
  if (wanted !== undefined) set(undefined);
}

/** The node that is wanted, until whoever draws it has brought it into view. */
export function useFlight(): string | undefined {
  return useSyncExternalStore(
    subscribe,
    () => wanted,
    () => undefined,
  );
}
