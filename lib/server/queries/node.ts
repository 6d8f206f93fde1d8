import { verdictToWire } from "../../contract/diagnosis.ts";
import { toWire } from "../../contract/instant.ts";
import type { ExecutionResource, NodeDetail } from "../../contract/nodes.ts";
import { diffOf } from "../../diagnosis/compare-past.ts";
import { diagnoseNode } from "../../diagnosis/diagnose.ts";
import { baselineOfNode } from "../../diagnosis/learn-node.ts";
import type { PastAttempt } from "../../diagnosis/verdict.ts";
import { type AttemptView, allDownstream, allUpstream } from "../../projections/run-view.ts";
import { normaliseRunId } from "../../sources/openlineage/run-id.ts";
import { attemptToWire } from "../runs/attempt-to-wire.ts";
import { baselineToWire } from "../runs/baseline-to-wire.ts";
import { nodeToWire } from "../runs/node-to-wire.ts";
import { waitersFor } from "../runs/waits-to-wire.ts";
import { pastExecutions } from "./past-executions.ts";
import { type AsOf, judgeNamed } from "./run.ts";
import { waitingRuns } from "./waiting-runs.ts";

interface Asked extends AsOf {
  /** The attempt that the latest one's cache key is to be compared with. */
  readonly baseline?: string | undefined;
}

/**
 * One node with all that its panel shows. Null where there is no such run, or no such node in it. A baseline that is none
 * of its earlier executions is not `chosen` in the answer.
 */
export async function readNode(
  runId: string,
  key: string,
  { at, baseline }: Asked = {},
): Promise<NodeDetail | null> {
  const found = await judgeNamed(runId, at, key);
  if (!found) return null;
  const { judged } = found;
  const { run, context, at: instant } = judged;
  const node = run.nodes.get(key) ?? (key === run.root.key ? run.root : undefined);
  if (!node) return null;
  const latest = node.current;
  const named = baseline === undefined ? undefined : normaliseRunId(baseline);
  const [executions, waiting] = await Promise.all([
    latest ? pastExecutions(latest, run.id, named) : [],
    at === undefined ? waitingRuns(run.id) : [],
  ]);
  const chosen = executions.find((past) => past.attemptId === named);
  const neighbour = (other: string) => ({
    key: other,
    status: run.nodes.get(other)?.status ?? ("planned" as const),
  });
  const history = context.history.get(key) ?? executions;
  const verdicts = diagnoseNode(run, context, instant, key);
  const policy = judged.policyOf(key);
  return {
    runId: run.id,
    node: nodeToWire(node, judged, verdicts),
    upstream: allUpstream(node).map(neighbour),
    downstream: allDownstream(node).map(neighbour),
    verdicts: verdicts.map(verdictToWire),
    attempts: node.attempts
      .toReversed()
      .map((attempt) =>
        attemptToWire(attempt, history, instant, policy, judged, attempt === latest ? chosen : undefined),
      ),
    baseline: baselineToWire(baselineOfNode(run, context, key, policy)),
    held: { nodes: waitersFor(node, run), runs: waiting },
    executions: latest ? executions.map((past) => executionToWire(past, latest)) : [],
    at: toWire(judged.at),
  };
}

function executionToWire(past: PastAttempt, latest: AttemptView): ExecutionResource {
  const { attemptId, runId, outcome, endedAt } = past;
  const diff = diffOf(past.cacheComponents, latest.state.cache?.components?.value ?? []);
  return {
    ...{ attemptId, runId, outcome },
    endedAt: toWire(endedAt),
    differing: diff.filter((part) => part.changed).length,
  };
}
