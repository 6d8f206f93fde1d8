"use client";

import { type FocusEvent, type PointerEvent, useEffect, useRef, useState } from "react";

/** Where a tooltip was asked for: the row, and how far along it. */
export interface TipPlace {
  readonly key: string;
  readonly x: number;
  readonly row: DOMRect;
}

/** A pointer that only passes asks for nothing, ms. */
const REST_MS = 250;

/** The row that is pointed at or has the focus. */
export function useRowTip() {
  const [place, setPlace] = useState<TipPlace>();
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  const over = useRef<Element>(undefined);
  useEffect(() => () => clearTimeout(rest.current), []);
  const hide = () => {
    clearTimeout(rest.current);
    over.current = undefined;
    setPlace(undefined);
  };
  const rowOf = (target: EventTarget) =>
    target instanceof Element ? target.closest<HTMLElement>("[data-key]") : null;
  return {
    place,
    hide,
    handlers: {
      onPointerOver: (event: PointerEvent) => {
        if (event.pointerType !== "mouse") return;
        const row = rowOf(event.target);
        if (!row) return hide();
        if (row === over.current) return undefined;
        hide();
        over.current = row;
        const key = row.dataset["key"] ?? "";
        const x = event.clientX;
        rest.current = setTimeout(() => setPlace({ key, x, row: row.getBoundingClientRect() }), REST_MS);
        return undefined;
      },
      onPointerLeave: hide,
      onFocus: (event: FocusEvent) => {
        const row = rowOf(event.target);
        if (!row?.matches(":focus-visible")) return;
        hide();
        const box = row.getBoundingClientRect();
        setPlace({ key: row.dataset["key"] ?? "", x: box.left + box.width / 3, row: box });
      },
      onBlur: hide,
    },
  };
}
