import type { RunView } from "../projections/run-view.ts";
import { type Baseline, learn, parametersDigest } from "./baseline.ts";
import type { Policy } from "./policy.ts";
import type { Context } from "./verdict.ts";

/** What is usual for a node of a run, for the parameters of its latest attempt. */
export function baselineOfNode(run: RunView, context: Context, nodeKey: string, policy: Policy): Baseline {
  const node = run.nodes.get(nodeKey) ?? run.root;
  const samples =
    context.samples?.get(node.key) ??
    (context.history.get(node.key) ?? []).flatMap((past) => past.sample ?? []);
  const own = new Set(node.attempts.map((attempt) => attempt.id));
  return learn(
    samples.filter((sample) => !own.has(sample.attemptId)),
    node.current ? parametersDigest(node.current) : null,
    policy.baselineSamples,
  );
}
