"use client";

import { useEffect, useState } from "react";

/** Without a rest for so long it is time all the same, ms. */
const AT_LATEST_MS = 1_000;

/** Whether the browser has had a moment of rest since `ready` first was true. */
export function useIdle(ready: boolean): boolean {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    if (!ready || idle) return undefined;
    // Safari knows no rest.
    if (typeof requestIdleCallback !== "function") {
      const timer = setTimeout(() => setIdle(true), AT_LATEST_MS);
      return () => clearTimeout(timer);
    }
    const request = requestIdleCallback(() => setIdle(true), { timeout: AT_LATEST_MS });
    return () => cancelIdleCallback(request);
  }, [ready, idle]);
  return idle;
}
