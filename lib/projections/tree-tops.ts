import { byCodeUnit } from "../base/compare.ts";
import type { Event } from "../events/event.ts";

/**
 * The roots that were ever named for an attempt, by itself or by those who named it as their parent; with all that are
 * named at all.
 */
function rootsNamed(events: readonly Event[]): Map<string, string[]> {
  const named = new Map<string, string[]>();
  const name = (id: string, root?: string) => {
    const known = named.get(id);
    if (known === undefined) named.set(id, root === undefined ? [] : [root]);
    else if (root !== undefined) known.push(root);
  };
  for (const event of events) {
    if (event.type !== "attempt.observed") continue;
    const root = event.root?.attemptId;
    if (event.parent) name(event.parent.attemptId, root);
    if (root === undefined) continue;
    name(root);
    name(event.attemptId, root);
  }
  return named;
}

/** What stands above each attempt: its parent, or where none was told the least of the roots that were named for it. */
export function whatIsAbove(
  parents: ReadonlyMap<string, string | undefined>,
  events: readonly Event[],
): Map<string, string | undefined> {
  const above = new Map(parents);
  for (const [id, roots] of rootsNamed(events)) {
    if (above.get(id) === undefined) above.set(id, roots.filter((root) => root !== id).sort(byCodeUnit)[0]);
  }
  return above;
}

/** The end of the way up; the least of a circle, where the way goes round. */
export function topOf(start: string, above: ReadonlyMap<string, string | undefined>): string {
  const path = new Set<string>();
  for (let id = start; ; ) {
    if (path.has(id)) return leastOfCircle([...path], id);
    path.add(id);
    const next = above.get(id);
    if (next === undefined || next === id) return id;
    id = next;
  }
}

function leastOfCircle(path: readonly string[], met: string): string {
  return path.slice(path.indexOf(met)).sort(byCodeUnit)[0] ?? met;
}
