"use client";

import { createContext, useContext, useSyncExternalStore } from "react";

/** The reader's zone as the cookie told the server; UTC on the first visit. */
export const PageTimeZone = createContext<string>("UTC");

let local: string | undefined;

function localZone(): string {
  local ??= Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  return local;
}

const never = () => () => {};

/** The zone to print local times in: on the server what it was told, in the browser what is true. */
export function useTimeZone(): string {
  const told = useContext(PageTimeZone);
  return useSyncExternalStore(never, localZone, () => told);
}
