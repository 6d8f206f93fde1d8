"use client";

import { type FocusEvent, useMemo, useState } from "react";
import { freeOrder, type HeldRows, holdOrder } from "@/components/runs/held-order";

interface Stand<T> {
  readonly key: string;
  readonly items: readonly T[];
}

/**
 * Nothing moves under the pointer, nor under the focus: while either is in the list its rows stay where they
 * stood. `key` names the question; another question starts anew.
 */
export function useHeldOrder<T extends { readonly id: string }>(
  fresh: readonly T[],
  key: string,
  arrivals: "append" | "wait",
) {
  const [pointer, setPointer] = useState<Stand<T> | null>(null);
  const [focus, setFocus] = useState<Stand<T> | null>(null);
  const stand = [pointer, focus].find((held) => held?.key === key);
  const stood = stand?.items;
  const held: HeldRows<T> = useMemo(
    () => (stood ? holdOrder(stood, fresh, arrivals) : freeOrder(fresh)),
    [stood, fresh, arrivals],
  );
  // Whoever comes second holds what is shown, not what it would be.
  const take = (): Stand<T> => ({ key, items: held.rows.map((row) => row.item) });

  const handlers = {
    onPointerEnter: () => setPointer(take()),
    onPointerLeave: () => setPointer(null),
    onFocus: () => setFocus((before) => before ?? take()),
    onBlur: (event: FocusEvent<HTMLElement>) => {
      if (!event.currentTarget.contains(event.relatedTarget)) setFocus(null);
    },
  };
  return { ...held, handlers };
}
