"use client";

import { createContext, useContext, useSyncExternalStore } from "react";

/** Where the request for the page was sent to; undefined where it does not say so. */
export const PageOrigin = createContext<string | undefined>(undefined);

const never = () => () => {};

/** Where this server is, as the reader's machine reaches it: by what the browser asked for, until its script says so. */
export function useOrigin(): string {
  const told = useContext(PageOrigin);
  return useSyncExternalStore(
    never,
    () => window.location.origin,
    () => told ?? "http://localhost:3000",
  );
}
