import type { StoredAttempt } from "./attempt-view.ts";
import { isWide, type Told } from "./join-edges.ts";
import type { Place } from "./node-keys.ts";

/**
 * Edges from who produced a dataset to who consumed it in the same run. Where a plan is known it says more than
 * datasets do, so only pairs that no plan covers are joined; pairs that would read what they write are left out.
 */
export function datasetEdges(
  attempts: ReadonlyMap<string, StoredAttempt>,
  places: ReadonlyMap<string, Place>,
  plannedParents: ReadonlySet<string>,
): Told[] {
  const producers = new Map<string, Set<string>>();
  const consumers = new Map<string, Set<string>>();
  for (const { state } of attempts.values()) {
    const key = places.get(state.id)?.key;
    for (const name in state.inputs) if (key !== undefined) addTo(consumers, name, key);
  }
  // What nobody reads joins nobody.
  if (consumers.size === 0) return [];
  for (const { state } of attempts.values()) {
    const key = places.get(state.id)?.key;
    for (const name in state.outputs)
      if (key !== undefined && consumers.has(name)) addTo(producers, name, key);
  }
  const parents = new Map<string, string>();
  for (const place of places.values()) parents.set(place.key, place.parentKey ?? "");
  const edges: Told[] = [];
  for (const [name, makers] of producers) {
    const readers = consumers.get(name);
    if (!readers) continue;
    const from = [...makers].filter((key) => !readers.has(key));
    const to = [...readers].filter((key) => !makers.has(key));
    edges.push(
      ...(isWide(from.length, to.length)
        ? wideEdge(name, from, to, parents, plannedParents)
        : pairs(from, to, parents, plannedParents)),
    );
  }
  return edges;
}

function pairs(
  makers: readonly string[],
  readers: readonly string[],
  parents: ReadonlyMap<string, string>,
  plannedParents: ReadonlySet<string>,
): Told[] {
  const edges: Told[] = [];
  for (const from of makers) {
    for (const to of readers) {
      if (related(from, to)) continue;
      const parent = parents.get(from);
      if (parent !== undefined && parent === parents.get(to) && plannedParents.has(parent)) continue;
      edges.push({ from: { id: from, keys: [from] }, to: { id: to, keys: [to] }, origin: "dataset" });
    }
  }
  return edges;
}

/**
 * The same where there are too many pairs to look at each. Whoever is the parent of one on the other side, or is
 * planned beside one of them, is left out: what is inferred of so many is told only where it holds for all.
 */
function wideEdge(
  name: string,
  makers: readonly string[],
  readers: readonly string[],
  parents: ReadonlyMap<string, string>,
  plannedParents: ReadonlySet<string>,
): Told[] {
  const around = (keys: readonly string[]): Set<string> => {
    const above = new Set<string>();
    for (const key of keys) {
      for (let p = parents.get(key); p !== undefined && p !== "" && !above.has(p); p = parents.get(p))
        above.add(p);
    }
    return above;
  };
  const plannedBeside = (keys: readonly string[]): Set<string> =>
    new Set(keys.map((key) => parents.get(key) ?? "").filter((parent) => plannedParents.has(parent)));
  const [besideMakers, besideReaders] = [plannedBeside(makers), plannedBeside(readers)];
  const shared = new Set([...besideMakers].filter((parent) => besideReaders.has(parent)));
  const [aboveMakers, aboveReaders] = [around(makers), around(readers)];
  const from = makers.filter((key) => !aboveReaders.has(key) && !shared.has(parents.get(key) ?? ""));
  const to = readers.filter((key) => !aboveMakers.has(key) && !shared.has(parents.get(key) ?? ""));
  return from.length === 0 || to.length === 0
    ? []
    : [
        {
          from: { id: `makers\n${name}`, keys: from },
          to: { id: `readers\n${name}`, keys: to },
          origin: "dataset",
        },
      ];
}

function related(a: string, b: string): boolean {
  return a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}

function addTo(map: Map<string, Set<string>>, name: string, key: string): void {
  const set = map.get(name);
  if (set) set.add(key);
  else map.set(name, new Set([key]));
}
