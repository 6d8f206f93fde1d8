"use client";

import { useSearchParams } from "next/navigation";
import { createContext, useContext, useMemo, useSyncExternalStore } from "react";
import { changed, type RunAddress, readAddress, writeAddress } from "@/components/run/run-address";

/** An instant that the page refused: the address still holds it, and it must not be asked for. */
export const RefusedAt = createContext<string | undefined>(undefined);

export type Go = (change: Partial<RunAddress>, how?: "replace" | "push") => void;

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("popstate", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("popstate", listener);
  };
}

/**
 * The page's state is its address. Choosing replaces the entry; what covers or exchanges the page makes a new one,
 * so that the back button undoes it. No request is made: the page knows all of it already.
 */
const go: Go = (change, how = "replace") => {
  const { pathname, search } = window.location;
  const query = writeAddress(changed(readAddress(new URLSearchParams(search)), change));
  const url = `${pathname}${query ? `?${query}` : ""}`;
  // One click may be told twice, and back must not lead to where one is.
  if (url === `${pathname}${search}`) return;
  if (how === "push") window.history.pushState(null, "", url);
  else window.history.replaceState(null, "", url);
  for (const listener of listeners) listener();
};

/** Reads the bar itself: Next's own answer comes in a transition, and a click must be seen at once. */
export function useRunAddress(): readonly [RunAddress, Go] {
  const told = useSearchParams().toString();
  const refused = useContext(RefusedAt);
  const search = useSyncExternalStore(
    subscribe,
    () => window.location.search,
    () => told,
  );
  const address = useMemo(() => {
    const read = readAddress(new URLSearchParams(search));
    return read.at !== undefined && read.at === refused ? { ...read, at: undefined } : read;
  }, [search, refused]);
  return [address, go];
}
