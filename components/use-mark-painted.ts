"use client";

import { useEffect } from "react";

/**
 * Notes in the browser's own record of a page's times that something has been painted: what `bench/` and a profiler
 * read. Once for each `shown`; undefined while there is nothing to see.
 */
export function useMarkPainted(what: string, shown: object | undefined): void {
  useEffect(() => {
    if (shown === undefined) return undefined;
    // What is drawn in the first of these frames is on the screen in the second.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        performance.clearMarks(what);
        performance.mark(what);
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [what, shown]);
}
