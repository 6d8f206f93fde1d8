import { byCodeUnit } from "../../base/compare.ts";

/** Where an attempt stands: under its parent, as it said itself, or else under a root that a child named for it. */
export interface Place {
  readonly id: string;
  readonly parent: string | null;
  readonly hint: string | null;
}

/** A place as it is stored, with the root of the tree. */
export interface StoredPlace extends Place {
  readonly run: string;
}

/** What follows for the trees from where attempts stand now. */
export interface Placed {
  /** The root of each attempt that is new, or undefined where only the store can tell: a circle, or a tree that moves. */
  readonly runOf: ReadonlyMap<string, string>;
  /** Attempts that may have another root than before, and all below them with them. */
  readonly moving: readonly string[];
}

/**
 * Finds the roots of attempts that are new to the store, as far as they stand under ones that stay where they are;
 * nothing else can hang below an attempt that nobody has named before. The rest is `moving`, and is left to the store.
 */
export function placeAttempts(
  places: readonly Place[],
  stored: (id: string) => StoredPlace | undefined,
): Placed {
  const now = new Map(places.map((place) => [place.id, place]));
  const moved = new Set<string>();
  for (const place of places) {
    const before = stored(place.id);
    if (before && upOf(before) !== upOf(place)) moved.add(place.id);
  }
  const runOf = new Map<string, string>();
  const moving = new Set(moved);
  for (const { id } of places) {
    if (stored(id) || runOf.has(id)) continue;
    const chain: string[] = [];
    const run = rootOf(id, chain);
    for (const link of chain) {
      if (run === undefined) moving.add(link);
      else runOf.set(link, run);
    }
  }
  return { runOf, moving: [...moving].sort(byCodeUnit) };

  /** The root above a new attempt; `chain` gets all new ones on the way. */
  function rootOf(id: string, chain: string[]): string | undefined {
    for (let at = id; ; ) {
      const known = stored(at);
      // A tree that moves as a whole takes along what is put into it; where it moves to is not known here.
      if (known) return moved.size > 0 ? undefined : known.run;
      const found = runOf.get(at);
      if (found !== undefined) return found;
      if (chain.includes(at)) return undefined;
      chain.push(at);
      const place = now.get(at);
      const up = place && upOf(place);
      if (up === undefined || up === null) return at;
      at = up;
    }
  }
}

function upOf({ parent, hint }: Place): string | null {
  return parent ?? hint;
}
