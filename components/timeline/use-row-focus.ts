"use client";

import type { Virtualizer } from "@tanstack/react-virtual";
import { type FocusEvent, type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import { endFlight, useFlight } from "@/components/graph/flight";
import { focusPanel } from "@/components/graph/panel-focus";
import { isShortcut } from "@/components/shortcuts";
import type { TableLine } from "@/components/timeline/table-lines";

const PAGE = 10;

export interface RowFocusOptions {
  readonly lines: readonly TableLine[];
  readonly virtual: Virtualizer<HTMLElement, Element>;
  readonly element: HTMLElement | null;
  readonly selected: string | undefined;
  /** Whether a row is a node; else it is a group. */
  readonly isNode: (id: string) => boolean;
  readonly onSelect: (node: string) => void;
  readonly onTurn: (id: string) => void;
}

/**
 * One stop of the Tab key for all rows; arrows and the page keys move inside them. Enter leads into the row's panel, and from
 * there Escape leads back.
 */
export function useRowFocus(options: RowFocusOptions) {
  const { lines, virtual, element, selected, isNode, onSelect, onTurn } = options;
  const [active, setActive] = useState<string>();
  const wanted = useRef<string>(undefined);

  // The row may come into being a moment after it was asked for: until then this is tried at each drawing.
  useEffect(() => {
    if (wanted.current === undefined) return;
    const row = element?.querySelector<HTMLElement>(`[data-line="${CSS.escape(wanted.current)}"]`);
    if (!row) return;
    wanted.current = undefined;
    row.focus({ preventScroll: true });
  });
  const move = (index: number) => {
    const to = Math.max(0, Math.min(lines.length - 1, index));
    const line = lines[to];
    if (!line) return;
    wanted.current = line.id;
    setActive(line.id);
    virtual.scrollToIndex(to);
  };

  const flight = useFlight();
  const land = useEffectEvent((key: string) => {
    const index = lines.findIndex(({ id }) => id === key);
    endFlight();
    if (index >= 0) move(index);
  });
  useEffect(() => {
    if (flight !== undefined && element) land(flight);
  }, [flight, element]);

  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target instanceof Element ? event.target : null;
    if (!target?.matches("[data-line]")) return;
    const index = lines.findIndex(({ id }) => id === target.getAttribute("data-line"));
    const id = lines[index]?.row.id;
    if (id === undefined) return;
    const enters = isShortcut(event, "openRow");
    if (enters || isShortcut(event, "chooseRow")) {
      if (!isNode(id)) onTurn(id);
      else {
        onSelect(id);
        if (enters) focusPanel();
      }
    } else {
      const to = stepFrom(event, index, lines.length);
      if (to === undefined) return;
      move(to);
    }
    event.preventDefault();
  };
  const onFocus = (event: FocusEvent) => {
    const line = event.target.getAttribute("data-line");
    if (line !== null) setActive(line);
  };

  // Where the row with the focus is scrolled away, the Tab key still finds the rows.
  const seen = virtual.getVirtualItems().flatMap(({ index }) => lines[index]?.id ?? []);
  const stop = [active, selected].find((id) => id !== undefined && seen.includes(id)) ?? seen[0];
  return { stop, onKeyDown, onFocus };
}

function stepFrom(event: KeyboardEvent, index: number, count: number): number | undefined {
  if (isShortcut(event, "rowUp")) return index - 1;
  if (isShortcut(event, "rowDown")) return index + 1;
  if (isShortcut(event, "rowPage")) return event.key === "PageUp" ? index - PAGE : index + PAGE;
  if (isShortcut(event, "rowEnd")) return event.key === "Home" ? 0 : count - 1;
  return undefined;
}
