import { byCodeUnit } from "../base/compare.ts";
import type { TriggerRule } from "../events/event.ts";
import type { StoredAttempt } from "./attempt-view.ts";
import type { Place } from "./node-keys.ts";
import type { EdgeView } from "./run-view.ts";

/** A step that a plan names. */
export interface PlannedNode {
  readonly key: string;
  readonly label: string;
  readonly parentKey?: string;
  readonly group?: string;
  readonly operator?: string;
  readonly trigger?: TriggerRule;
  readonly expectsEvents: boolean;
}

export interface Plan {
  readonly nodes: ReadonlyMap<string, PlannedNode>;
  readonly edges: readonly EdgeView[];
  readonly triggers: ReadonlyMap<string, TriggerRule>;
  /** Nodes (by key) whose attempt told the plan of what is below it. The root's is the empty text. */
  readonly plannedParents: ReadonlySet<string>;
}

/** All plans of a run, each below the node whose attempt told it. */
export function readPlans(
  rootId: string,
  attempts: ReadonlyMap<string, StoredAttempt>,
  places: ReadonlyMap<string, Place>,
): Plan {
  const nodes = new Map<string, PlannedNode>();
  const edges: EdgeView[] = [];
  const triggers = new Map<string, TriggerRule>();
  const plannedParents = new Set<string>();
  for (const { state } of inOrder(attempts)) {
    if (!state.plan) continue;
    const parentKey = state.id === rootId ? undefined : places.get(state.id)?.key;
    const below = (key: string) => (parentKey === undefined ? key : `${parentKey}/${key}`);
    plannedParents.add(parentKey ?? "");
    for (const node of state.plan.value.nodes) {
      nodes.set(below(node.key), {
        key: below(node.key),
        label: node.key,
        ...(parentKey !== undefined && { parentKey }),
        ...(node.group !== undefined && { group: node.group }),
        ...(node.operator !== undefined && { operator: node.operator }),
        ...(node.trigger !== undefined && { trigger: node.trigger }),
        expectsEvents: node.expectsEvents,
      });
      if (node.trigger) triggers.set(below(node.key), node.trigger);
    }
    for (const edge of state.plan.value.edges) {
      if (edge.from === edge.to) continue;
      edges.push({ from: below(edge.from), to: below(edge.to), origin: "plan" });
      if (edge.trigger) triggers.set(below(edge.to), edge.trigger);
    }
  }
  return { nodes, edges, triggers, plannedParents };
}

/** Edges that attempts told of themselves: by the orchestrator's list of neighbours, or by job dependencies. */
export function declaredEdges(
  attempts: ReadonlyMap<string, StoredAttempt>,
  places: ReadonlyMap<string, Place>,
  keysByJob: ReadonlyMap<string, readonly string[]>,
): EdgeView[] {
  const edges: EdgeView[] = [];
  for (const { state } of inOrder(attempts)) {
    const own = places.get(state.id);
    if (!own) continue;
    // By name: in which order the store gives them back says nothing.
    const told = Object.values(state.dependencies).sort((a, b) => byCodeUnit(a.value.origin, b.value.origin));
    for (const dependency of told) {
      const { origin, upstream, downstream } = dependency.value;
      const resolve = (other: (typeof upstream)[number]): string[] => {
        if (other.attemptId !== undefined) {
          const place = places.get(other.attemptId);
          if (place) return [place.key];
        }
        if (other.nodeKey !== undefined) {
          return [own.parentKey === undefined ? other.nodeKey : `${own.parentKey}/${other.nodeKey}`];
        }
        return other.job ? [...(keysByJob.get(`${other.job.namespace}\n${other.job.name}`) ?? [])] : [];
      };
      for (const other of upstream)
        for (const from of resolve(other)) edges.push({ from, to: own.key, origin });
      for (const other of downstream)
        for (const to of resolve(other)) edges.push({ from: own.key, to, origin });
    }
  }
  return edges;
}

/**
 * Edges from who produced a dataset to who consumed it in the same run. Where a plan is known it says more than
 * datasets do, so only pairs that no plan covers are joined; pairs that would read what they write are left out.
 */
export function datasetEdges(
  attempts: ReadonlyMap<string, StoredAttempt>,
  places: ReadonlyMap<string, Place>,
  plannedParents: ReadonlySet<string>,
): EdgeView[] {
  const producers = new Map<string, Set<string>>();
  const consumers = new Map<string, Set<string>>();
  for (const { state } of inOrder(attempts)) {
    const key = places.get(state.id)?.key;
    if (key === undefined) continue;
    for (const name of Object.keys(state.outputs)) addTo(producers, name, key);
    for (const name of Object.keys(state.inputs)) addTo(consumers, name, key);
  }
  const parents = new Map<string, string>();
  for (const place of places.values()) parents.set(place.key, place.parentKey ?? "");
  const edges: EdgeView[] = [];
  for (const [name, makers] of producers) {
    const readers = consumers.get(name);
    if (!readers) continue;
    for (const from of makers) {
      for (const to of readers) {
        if (from === to || related(from, to) || readers.has(from) || makers.has(to)) continue;
        const parent = parents.get(from);
        if (parent !== undefined && parent === parents.get(to) && plannedParents.has(parent)) continue;
        edges.push({ from, to, origin: "dataset" });
      }
    }
  }
  return edges;
}

/** Drops the edges of dataset origin that lie on a cycle: data goes round (incremental tables), control does not. */
export function withoutDataCycles(edges: readonly EdgeView[]): EdgeView[] {
  const component = componentsOf(edges);
  return edges.filter(
    (edge) => edge.origin !== "dataset" || component.get(edge.from) !== component.get(edge.to),
  );
}

/** Tarjan's strongly connected components, with its own stack so that a chain of any length is safe. By key. */
export function componentsOf(
  edges: readonly { readonly from: string; readonly to: string }[],
): Map<string, number> {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) {
    const known = next.get(from);
    if (known) known.push(to);
    else next.set(from, [to]);
    if (!next.has(to)) next.set(to, []);
  }
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const component = new Map<string, number>();
  const open: string[] = [];
  let components = 0;
  for (const start of next.keys()) {
    if (index.has(start)) continue;
    const work = [{ key: start, at: 0 }];
    while (work.length > 0) {
      const frame = work[work.length - 1];
      if (!frame) break;
      const { key } = frame;
      if (frame.at === 0) {
        index.set(key, index.size);
        low.set(key, index.get(key) ?? 0);
        open.push(key);
      }
      const child = next.get(key)?.[frame.at];
      frame.at += 1;
      if (child !== undefined) {
        if (!index.has(child)) work.push({ key: child, at: 0 });
        else if (!component.has(child)) low.set(key, Math.min(low.get(key) ?? 0, index.get(child) ?? 0));
        continue;
      }
      work.pop();
      const above = work[work.length - 1];
      if (above) low.set(above.key, Math.min(low.get(above.key) ?? 0, low.get(key) ?? 0));
      if (low.get(key) === index.get(key)) {
        for (
          let member = open.pop();
          member !== undefined;
          member = member === key ? undefined : open.pop()
        ) {
          component.set(member, components);
          if (member === key) break;
        }
        components += 1;
      }
    }
  }
  return component;
}

function related(a: string, b: string): boolean {
  return a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}

function addTo(map: Map<string, Set<string>>, name: string, key: string): void {
  const set = map.get(name);
  if (set) set.add(key);
  else map.set(name, new Set([key]));
}

function inOrder(attempts: ReadonlyMap<string, StoredAttempt>): StoredAttempt[] {
  return [...attempts.values()].sort((a, b) => byCodeUnit(a.state.id, b.state.id));
}
