"use client";

import { type FocusEvent, type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import { isShortcut, type ShortcutName } from "@/components/shortcuts";

/** A place in a grid: row -1 is the head, column 0 the names. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

export interface RovingOptions {
  readonly rows: number;
  readonly columns: number;
  /** Rows that a page up or down passes. */
  readonly page: number;
  readonly start: Place;
  /** Brings a row into being that is scrolled out of sight. */
  readonly reveal: (row: number) => void;
}

/** What an element of the grid says of its place, read back by `placeOf`. */
export function cellId(row: number, column: number): string {
  return `${row}:${column}`;
}

function placeOf(target: EventTarget): Place | undefined {
  const text = target instanceof Element ? target.closest("[data-cell]")?.getAttribute("data-cell") : null;
  const [row, column] = (text ?? "").split(":").map(Number);
  return row === undefined || column === undefined ? undefined : { row, column };
}

/**
 * One stop of the Tab key for a whole grid; arrows, Home, End and the page keys move inside it. `seen` is the place under
 * the pointer, else the one with the focus.
 */
export function useRovingCell({ rows, columns, page, start, reveal }: RovingOptions) {
  const [asked, setActive] = useState(start);
  const [hover, setHover] = useState<Place>();
  const [focused, setFocused] = useState(false);
  const wanted = useRef<Place>(undefined);
  const grid = useRef<HTMLTableElement>(null);
  const active = { row: Math.min(asked.row, rows - 1), column: Math.min(asked.column, columns - 1) };

  // The row may come into being a moment after it was asked for: until then this is tried at each drawing.
  useEffect(() => {
    if (!wanted.current) return;
    const { row, column } = wanted.current;
    const cell = grid.current?.querySelector<HTMLElement>(`[data-cell="${cellId(row, column)}"]`);
    if (!cell) return;
    wanted.current = undefined;
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const to = step(event, active, { rows, columns, page });
    if (!to) return;
    event.preventDefault();
    wanted.current = to;
    setActive(to);
    if (to.row >= 0) reveal(to.row);
  };
  const handlers = {
    onKeyDown,
    onFocus: (event: FocusEvent) => {
      const place = placeOf(event.target);
      if (place) setActive(place);
      setFocused(true);
    },
    onBlur: () => setFocused(false),
    onPointerOver: (event: PointerEvent) => setHover(placeOf(event.target)),
    onPointerLeave: () => setHover(undefined),
  };
  return { grid, active, seen: hover ?? (focused ? active : undefined), handlers };
}

const KEYS: readonly ShortcutName[] = ["cell", "cellEnd", "cellSide", "cellCorner", "cellPage"];

function step(
  event: KeyboardEvent,
  { row, column }: Place,
  { rows, columns, page }: Pick<RovingOptions, "rows" | "columns" | "page">,
): Place | undefined {
  if (!KEYS.some((name) => isShortcut(event, name))) return undefined;
  const far = event.ctrlKey || event.metaKey;
  const to = (r: number, c: number): Place => ({
    row: Math.max(-1, Math.min(rows - 1, r)),
    column: Math.max(0, Math.min(columns - 1, c)),
  });
  switch (event.key) {
    case "ArrowUp":
      return to(far ? -1 : row - 1, column);
    case "ArrowDown":
      return to(far ? rows - 1 : row + 1, column);
    case "ArrowLeft":
      return to(row, far ? 0 : column - 1);
    case "ArrowRight":
      return to(row, far ? columns - 1 : column + 1);
    case "PageUp":
      return to(row - page, column);
    case "PageDown":
      return to(row + page, column);
    case "Home":
      return to(far ? -1 : row, 0);
    case "End":
      return to(far ? rows - 1 : row, columns - 1);
    default:
      return undefined;
  }
}
