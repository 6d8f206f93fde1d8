"use client";

import { useEffect, useState } from "react";

/** Without a rest for so long it is time all the same, ms. */
const AT_LATEST_MS = 1_000;

/** Does something at the browser's next moment of rest; what is returned calls it off. */
export function atRest(work: () => void): () => void {
  // Safari knows no rest.
  if (typeof requestIdleCallback !== "function") {
    const timer = setTimeout(work, AT_LATEST_MS);
    return () => clearTimeout(timer);
  }
  const request = requestIdleCallback(work, { timeout: AT_LATEST_MS });
  return () => cancelIdleCallback(request);
}

/** Whether the browser has had a moment of rest since `ready` first was true. */
export function useIdle(ready: boolean): boolean {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    if (!ready || idle) return undefined;
    return atRest(() => setIdle(true));
  }, [ready, idle]);
  return idle;
}
