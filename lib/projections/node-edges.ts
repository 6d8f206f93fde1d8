import { byCodeUnit } from "../base/compare.ts";
import type { TriggerRule } from "../events/event.ts";
import type { AttemptState } from "./attempt-state.ts";
import type { StoredAttempt } from "./attempt-view.ts";
import type { End, Told } from "./join-edges.ts";
import type { Place } from "./node-keys.ts";
import type { EdgeView } from "./run-view.ts";
import { compareTries } from "./tries.ts";

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

/** All plans of a run, each below the node whose attempt told it; of several tries at a node that of the latest. */
export function readPlans(
  rootId: string,
  attempts: ReadonlyMap<string, StoredAttempt>,
  places: ReadonlyMap<string, Place>,
): Plan {
  const nodes = new Map<string, PlannedNode>();
  const edges: EdgeView[] = [];
  const triggers = new Map<string, TriggerRule>();
  const plannedParents = new Set<string>();
  const planners = new Map<string | undefined, AttemptState>();
  for (const { state } of attempts.values()) {
    if (!state.plan) continue;
    const parentKey = state.id === rootId ? undefined : places.get(state.id)?.key;
    const other = planners.get(parentKey);
    if (!other || compareTries(other, state) < 0) planners.set(parentKey, state);
  }
  for (const [parentKey, { plan }] of planners) {
    if (!plan) continue;
    const below = (key: string) => (parentKey === undefined ? key : `${parentKey}/${key}`);
    plannedParents.add(parentKey ?? "");
    for (const node of plan.value.nodes) {
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
    for (const edge of plan.value.edges) {
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
  nodeEnd: (key: string) => End,
  jobEnd: (job: { readonly namespace: string; readonly name: string }) => End,
): Told[] {
  const edges: Told[] = [];
  for (const { state } of attempts.values()) {
    const own = places.get(state.id);
    if (!own) continue;
    // By name: in which order the store gives them back says nothing.
    const told = Object.values(state.dependencies).sort((a, b) => byCodeUnit(a.value.origin, b.value.origin));
    for (const dependency of told) {
      const { origin, upstream, downstream } = dependency.value;
      const resolve = (other: (typeof upstream)[number]): End | undefined => {
        const place = other.attemptId === undefined ? undefined : places.get(other.attemptId);
        if (place) return nodeEnd(place.key);
        if (other.nodeKey !== undefined) {
          return nodeEnd(own.parentKey === undefined ? other.nodeKey : `${own.parentKey}/${other.nodeKey}`);
        }
        return other.job && jobEnd(other.job);
      };
      for (const other of upstream) {
        const from = resolve(other);
        if (from) edges.push({ from, to: nodeEnd(own.key), origin });
      }
      for (const other of downstream) {
        const to = resolve(other);
        if (to) edges.push({ from: nodeEnd(own.key), to, origin });
      }
    }
  }
  return edges;
}
