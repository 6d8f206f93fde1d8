import type { Instant } from "../base/instant.ts";
import type { AttemptState } from "../projections/attempt-state.ts";
import { lastOf } from "../projections/register.ts";
import type { NodeView } from "../projections/run-view.ts";
import { FINALIZING } from "./baseline.ts";
import type { World } from "./world.ts";

/** The state that the source itself says an attempt is in. */
export interface ToldState {
  /** Without capitals, hyphens and the like. */
  readonly word: string;
  /** As the source writes it. */
  readonly as: string;
  /** Since when, on our clock: first told of, and no other state since. */
  readonly since: Instant;
  readonly eventId: string;
}

export interface ToldFacts {
  readonly state: ToldState | undefined;
  /** Its work is over by its source's word, and what comes after is not: uploads, clean-up. */
  readonly finalizing: ToldState | undefined;
  /** Who was asked to stop: the node itself, or the nearest around it, by its source's newest word. */
  readonly cancel: (ToldState & { readonly node: NodeView }) | undefined;
}

/** Words for a cancellation that was asked for and is not done. Azure ML; Prefect, Dagster and Kubeflow; SageMaker. */
const CANCEL: ReadonlySet<string> = new Set(["cancelrequested", "cancelling", "canceling", "stopping"]);

/** Reads what the source itself says of a node's state. */
export function toldFacts(world: World, node: NodeView): ToldFacts {
  const state = stateOf(world, node);
  const finalizing = state && FINALIZING.has(state.word) && node.status === "running" ? state : undefined;
  return { state, finalizing, cancel: cancelOf(world, node) };
}

/** The words of most runs are none: then nothing is looked at twice. */
function stateOf(world: World, node: NodeView): ToldState | undefined {
  const attempt = node.current;
  const newest = attempt && newestWord(attempt.state);
  if (!attempt || !newest) return undefined;
  const { word, told, others } = newest;
  const clock = world.clockOf(attempt);
  const first = told.first.at > others ? told.first : undefined;
  return {
    word,
    as: told.last.value,
    // Told before another state, and again after it: since the other one was last told, at the earliest.
    since: first ? clock.told(first) : clock.ours(others),
    eventId: (first ?? told.last).messageId,
  };
}

function newestWord({ states }: AttemptState) {
  if (!states) return undefined;
  const told = Object.entries(states);
  const newest = told.map(([, { last }]) => last).reduce((a, b) => lastOf(a, b));
  const found = told.find(([, { last }]) => last === newest);
  if (!found) return undefined;
  const others = told.filter((entry) => entry !== found).map(([, { last }]) => last.at);
  return { word: found[0], told: found[1], others: Math.max(...others) as Instant };
}

function cancelOf(world: World, node: NodeView): ToldFacts["cancel"] {
  const { run } = world;
  for (let at: NodeView | undefined = node; at !== undefined; at = aboveOf(at)) {
    const state = stateOf(world, at);
    const open = at.status === "running" || at.status === "waiting";
    if (open && state && CANCEL.has(state.word)) return { ...state, node: at };
  }
  return undefined;

  function aboveOf(below: NodeView): NodeView | undefined {
    if (below === run.root) return undefined;
    return (below.parentKey === undefined ? undefined : run.nodes.get(below.parentKey)) ?? run.root;
  }
}
