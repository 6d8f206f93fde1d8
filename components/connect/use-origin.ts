"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/** Where this server is, as the reader's machine reaches it; until the browser says so, where it is by default. */
export function useOrigin(): string {
  return useSyncExternalStore(
    never,
    () => window.location.origin,
    () => "http://localhost:3000",
  );
}
