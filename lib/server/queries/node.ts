import { verdictToWire } from "../../contract/diagnosis.ts";
import { toWire } from "../../contract/instant.ts";
import type { NodeDetail } from "../../contract/nodes.ts";
import { clockReader } from "../../diagnosis/clock-facts.ts";
import { diagnoseNode } from "../../diagnosis/diagnose.ts";
import { baselineOfNode } from "../../diagnosis/learn-node.ts";
import { allDownstream, allUpstream } from "../../projections/run-view.ts";
import { attemptToWire } from "../runs/attempt-to-wire.ts";
import { baselineToWire } from "../runs/baseline-to-wire.ts";
import { nodeToWire } from "../runs/node-to-wire.ts";
import { type AsOf, judgeNamed } from "./run.ts";

/** One node with all that its panel shows. Null where there is no such run, or no such node in it. */
export async function readNode(runId: string, key: string, { at }: AsOf = {}): Promise<NodeDetail | null> {
  const found = await judgeNamed(runId, at, key);
  if (!found) return null;
  const { judged } = found;
  const { run, context, at: instant } = judged;
  const node = run.nodes.get(key) ?? (key === run.root.key ? run.root : undefined);
  if (!node) return null;
  const neighbour = (other: string) => ({
    key: other,
    status: run.nodes.get(other)?.status ?? ("planned" as const),
  });
  const history = context.history.get(key) ?? [];
  const policy = judged.policyOf(key);
  const clockOf = clockReader(run, context, instant, policy);
  const verdicts = diagnoseNode(run, context, instant, key);
  return {
    runId: run.id,
    node: nodeToWire(node, judged, verdicts),
    upstream: allUpstream(node).map(neighbour),
    downstream: allDownstream(node).map(neighbour),
    verdicts: verdicts.map(verdictToWire),
    attempts: node.attempts
      .toReversed()
      .map((attempt) => attemptToWire(attempt, history, instant, policy, clockOf(attempt))),
    baseline: baselineToWire(baselineOfNode(run, context, key, policy)),
    at: toWire(judged.at),
  };
}
