"use client";

import { useSearchParams } from "next/navigation";
import { createContext, useContext, useMemo, useSyncExternalStore } from "react";
import { changed, type RunAddress, readAddress, writeAddress } from "@/components/run/run-address";

/** An instant that the page refused: the address still holds it, and it must not be asked for. */
export const RefusedAt = createContext<string | undefined>(undefined);

/** `undo`: what a push has put over the page is taken away, and its entry left, where it is the one at which one is. */
export type Go = (change: Partial<RunAddress>, how?: "replace" | "push" | "undo") => void;

/** The entry that was made last, and what is below it. */
let made: { readonly over: string; readonly at: string } | undefined;

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
  const address = readAddress(new URLSearchParams(search));
  const written = (of: RunAddress) => {
    const query = writeAddress(of);
    return `${pathname}${query ? `?${query}` : ""}`;
  };
  const url = written(changed(address, change));
  const here = `${pathname}${search}`;
  // One click may be told twice, and back must not lead to where one is.
  if (url === here) return;
  if (how === "undo" && made?.at === here && made.over === url) {
    // Once only: it takes a moment, in which one may press the key again.
    made = undefined;
    window.history.back();
    return;
  }
  if (how === "push") {
    window.history.pushState(null, "", url);
    // A link may have been written in another way.
    made = { over: written(address), at: url };
  } else window.history.replaceState(null, "", url);
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
