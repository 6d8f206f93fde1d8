import type { Instant } from "../base/instant.ts";
import { type Check, datasetKey } from "../projections/attempt-state.ts";
import type { Register } from "../projections/register.ts";
import type { AttemptView, NodeView, RunView } from "../projections/run-view.ts";

/** One outcome of an assertion, with who checked it. */
export interface Checked {
  readonly node: NodeView;
  readonly attempt: AttemptView;
  readonly told: Register<Check>;
}

/** An assertion that failed, and blocks. */
export interface FailedCheck {
  /** Assertion, column and dataset: the same again is the same failure. */
  readonly id: string;
  readonly assertion: string;
  readonly column: string | undefined;
  /** Undefined for what was checked of the attempt as a whole. */
  readonly dataset: string | undefined;
  readonly expected: string | undefined;
  readonly actual: string | undefined;
  /** On our clock. */
  readonly at: Instant;
  readonly eventId: string;
  /** Another node that checked it. */
  readonly by: NodeView | undefined;
}

/** All outcomes of assertions in a run, by the dataset that they are on: one pass, and most runs have none. */
export function checksByDataset(run: RunView): ReadonlyMap<string, readonly Checked[]> {
  const checks = new Map<string, Checked[]>();
  const take = (node: NodeView): void => {
    for (const attempt of node.attempts) {
      for (const told of Object.values(attempt.state.checks ?? {})) {
        if (!told.value.dataset) continue;
        const key = datasetKey(told.value.dataset);
        const list = checks.get(key);
        if (list) list.push({ node, attempt, told });
        else checks.set(key, [{ node, attempt, told }]);
      }
    }
  };
  if (run.nodes.get(run.root.key) !== run.root) take(run.root);
  for (const node of run.nodes.values()) take(node);
  return checks;
}
