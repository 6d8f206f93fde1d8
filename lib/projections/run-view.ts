/** What a run looks like: derived from the attempts of its tree, whatever the order in which they were heard of. */
import type { Instant } from "../base/instant.ts";
import type { EventOf, JobRef, TriggerRule } from "../events/event.ts";
import type { AttemptState, Outcome } from "./attempt-state.ts";
import type { LifeSigns } from "./life-signs.ts";

/**
 * waiting     spoken of, not started
 * running     started, no end
 * superseded  open, but its parent attempt has ended or was tried again: nothing waits for it any more
 */
export type AttemptStatus = "waiting" | "running" | "superseded" | Outcome;

/** One attempt, with what follows from its state. */
export interface AttemptView {
  readonly id: string;
  readonly nodeKey: string;
  /** Its number as told, else its place among the node's attempts, from 1. */
  readonly number: number;
  readonly status: AttemptStatus;
  readonly job?: JobRef;
  readonly parentId?: string;
  /** Earliest start, else earliest mention. Undefined while waiting. */
  readonly startedAt?: Instant;
  readonly endedAt?: Instant;
  readonly endMessageId?: string;
  readonly error?: string;
  /** False for streaming and service jobs, and for what only others have spoken of and nobody has heard beat. */
  readonly owesEnd: boolean;
  /** False where it is known only because another attempt named it. */
  readonly seen: boolean;
  readonly reused: boolean;
  readonly state: AttemptState;
  readonly life: LifeSigns;
}

/**
 * planned   no attempt yet
 * skipped   the orchestrator said that it will not run, or ended the group that it is planned in
 */
export type NodeStatus =
  | "planned"
  | "waiting"
  | "running"
  | "completed"
  | "reused"
  | "failed"
  | "aborted"
  | "skipped";

export interface NodeView {
  /** Path of labels, joined with `/`; unique within the run. */
  readonly key: string;
  /** The last part of the key: what the source calls the step. */
  readonly label: string;
  /** The node whose attempt started this one; undefined directly below the run's root. */
  readonly parentKey?: string;
  /** The group that the plan puts it in (an Airflow task group), or the mapped task it is an instance of. */
  readonly group?: string;
  readonly planned: boolean;
  /** False where the source said that this step never sends events. */
  readonly expectsEvents: boolean;
  readonly operator?: string;
  readonly trigger: TriggerRule;
  readonly status: NodeStatus;
  /** Oldest first. */
  readonly attempts: readonly AttemptView[];
  /** The latest attempt: its state is the node's. */
  readonly current?: AttemptView;
  /** Keys, in the order of their text; those that wide edges lead to are not among them. */
  readonly upstream: readonly string[];
  readonly downstream: readonly string[];
  /** The wide edges that lead to it, and those that it is the beginning of. */
  readonly wideUpstream: readonly WideEdge[];
  readonly wideDownstream: readonly WideEdge[];
  readonly children: readonly string[];
}

export interface EdgeView {
  readonly from: string;
  readonly to: string;
  readonly origin: EventOf<"dependency.declared">["origin"];
}

/**
 * Many edges told as one: each of `to` comes after each of `from`. Two mapped steps of 3,000 instances behind each
 * other are nine million edges, and one wide edge. Keys in the order of their text; no key is on both sides.
 */
export interface WideEdge {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly origin: EdgeView["origin"];
}

/**
 * A run's nodes and their neighbours by number, so that whoever walks through a large run looks no key up. Numbers are
 * in the order of the keys. A wide edge is a point that all on its one side lead to and all on its other side come
 * from; points have the numbers behind those of the nodes.
 */
export interface RunLinks {
  readonly indexOf: ReadonlyMap<string, number>;
  /** Of nodes, then of the points of wide edges. */
  readonly upstream: readonly (readonly number[])[];
  readonly downstream: readonly (readonly number[])[];
  /** The group's number, or -1 directly below the root. */
  readonly parent: readonly number[];
  readonly children: readonly (readonly number[])[];
}

export interface RunView {
  /** The root attempt's id, as its source gave it. */
  readonly id: string;
  readonly pipeline: JobRef;
  readonly source: string;
  /** The root as a node: judged like one, though drawn only where it is alone. */
  readonly root: NodeView;
  /** All nodes but the root, by key; the root too where the run is a lone job. */
  readonly nodes: ReadonlyMap<string, NodeView>;
  readonly edges: readonly EdgeView[];
  readonly wideEdges: readonly WideEdge[];
  /** The same by number, in the order of `nodes`. */
  readonly links: RunLinks;
  /** Whether the orchestrator told its DAG, so that what has not been seen can be missed. */
  readonly planKnown: boolean;
  readonly startedAt?: Instant;
  /** Set once the root has ended; or, where the root itself was never heard, once all of its nodes have. */
  readonly endedAt?: Instant;
  readonly outcome?: Outcome;
}

/** A node that will not change any more by itself. */
export function isSettled(status: NodeStatus): boolean {
  return status !== "planned" && status !== "waiting" && status !== "running";
}

/** All nodes of a run, the root once: it is among the others where the run is a lone job. */
export function allNodes({ root, nodes }: RunView): NodeView[] {
  return nodes.has(root.key) ? [...nodes.values()] : [root, ...nodes.values()];
}

/** All that directly precedes a node, those at the other side of wide edges too. */
export function allUpstream(node: NodeView): readonly string[] {
  return withWide(
    node.upstream,
    node.wideUpstream.map((edge) => edge.from),
  );
}

/** All that directly follows a node, those at the other side of wide edges too. */
export function allDownstream(node: NodeView): readonly string[] {
  return withWide(
    node.downstream,
    node.wideDownstream.map((edge) => edge.to),
  );
}

function withWide(own: readonly string[], wide: readonly (readonly string[])[]): readonly string[] {
  const [first] = wide;
  if (!first) return own;
  return own.length === 0 && wide.length === 1 ? first : [...new Set([own, ...wide].flat())];
}
