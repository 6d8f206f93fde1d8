"use client";

import { type FocusEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import type { Told } from "@/lib/drawing/timeline-marks";

/** Where a tooltip was asked for: the row, and how far along it. */
export interface TipPlace {
  readonly key: string;
  readonly x: number;
  readonly row: DOMRect;
  /** By the pointer, which lies on one thing or another. */
  readonly pointed: boolean;
}

/** A pointer that only passes asks for nothing, ms. */
const REST_MS = 250;

/** The row that is pointed at or has the focus, and what of it the pointer lies on: `toldAt` a place of the screen. */
export function useRowTip(toldAt: (x: number, y: number) => Told | undefined) {
  const [place, setPlace] = useState<TipPlace>();
  const [told, setTold] = useState<Told>();
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  const over = useRef<Element>(undefined);
  useEffect(() => () => clearTimeout(rest.current), []);
  const hide = () => {
    clearTimeout(rest.current);
    over.current = undefined;
    setPlace(undefined);
    setTold(undefined);
  };
  const rowOf = (target: EventTarget) =>
    target instanceof Element ? target.closest<HTMLElement>("[data-key]") : null;
  return {
    place,
    told,
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
        rest.current = setTimeout(
          () => setPlace({ key, x, row: row.getBoundingClientRect(), pointed: true }),
          REST_MS,
        );
        return undefined;
      },
      onPointerMove: (event: PointerEvent) => {
        if (event.pointerType === "mouse") setTold(toldAt(event.clientX, event.clientY));
      },
      onPointerLeave: hide,
      onFocus: (event: FocusEvent) => {
        const row = rowOf(event.target);
        if (!row?.matches(":focus-visible")) return;
        hide();
        const box = row.getBoundingClientRect();
        setPlace({ key: row.dataset["key"] ?? "", x: box.left + box.width / 3, row: box, pointed: false });
      },
      onBlur: hide,
    },
  };
}
