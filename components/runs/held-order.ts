export interface HeldRow<T> {
  readonly item: T;
  /** It is no longer in the list; its place is kept until the pointer leaves. */
  readonly gone: boolean;
}

export interface HeldRows<T> {
  readonly rows: readonly HeldRow<T>[];
  /** New ones that would have pushed the others away, and wait for the pointer to leave. */
  readonly waiting: number;
}

/**
 * The rows as they stood when the pointer came, with today's contents. Rows that belong below all of them are
 * appended; those that belong above or between wait, or are appended too where `arrivals` says so.
 */
export function holdOrder<T extends { readonly id: string }>(
  stood: readonly T[],
  fresh: readonly T[],
  arrivals: "append" | "wait",
): HeldRows<T> {
  const now = new Map(fresh.map((item) => [item.id, item]));
  const rows = stood.map((item): HeldRow<T> => {
    const current = now.get(item.id);
    return current ? { item: current, gone: false } : { item, gone: true };
  });
  const stoodIds = new Set(stood.map((item) => item.id));
  const lastKnown = fresh.findLastIndex((item) => stoodIds.has(item.id));
  let waiting = 0;
  for (const [index, item] of fresh.entries()) {
    if (stoodIds.has(item.id)) continue;
    if (arrivals === "append" || index > lastKnown) rows.push({ item, gone: false });
    else waiting += 1;
  }
  return { rows, waiting };
}

export function freeOrder<T>(fresh: readonly T[]): HeldRows<T> {
  return { rows: fresh.map((item) => ({ item, gone: false })), waiting: 0 };
}
