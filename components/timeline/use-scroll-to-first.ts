"use client";

import type { Virtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import type { TableLine } from "@/components/timeline/table-lines";

/** The link's node is what one came to see; later choices are already under the pointer. */
export function useScrollToFirst(
  element: HTMLElement | null,
  selected: string | undefined,
  lines: readonly TableLine[],
  virtual: Virtualizer<HTMLElement, Element>,
): void {
  const first = useRef(selected);
  useEffect(() => {
    if (!element) return;
    const index = lines.findIndex(({ id }) => id === first.current);
    first.current = undefined;
    if (index > 0) virtual.scrollToIndex(index, { align: "center" });
  }, [element, lines, virtual]);
}
