import type { Instant } from "../../base/instant.ts";
import { toWire } from "../../contract/instant.ts";
import type { RunSummary } from "../../contract/runs.ts";
import type { Diagnosis } from "../../diagnosis/verdict.ts";
import { isSettled, type RunView } from "../../projections/run-view.ts";
import type { Judged } from "./judge-run.ts";
import { stripOf } from "./strip.ts";

/** How much a state needs a person, before how long it has lasted: stuck, then suspect, unknown, slow, waiting. */
const SEVERITY: Readonly<Record<Diagnosis["state"], number>> = {
  stuck: 50,
  suspect: 40,
  unknown: 30,
  slow: 20,
  waiting: 10,
  progressing: 0,
  finished: 0,
};

export function severityOf(state: Diagnosis["state"]): number {
  return SEVERITY[state];
}

/** The row of a run in the lists: its answer, and its weight. */
export function summarise({ run, diagnosis, at, policyOf }: Judged): RunSummary {
  const nodes = [...run.nodes.values()];
  const first = diagnosis.blockers[0];
  const lead = first?.verdict ?? null;
  const holder = first ? (run.nodes.get(first.nodeKey) ?? run.root) : run.root;
  return {
    id: run.id,
    pipeline: run.pipeline.name,
    namespace: run.pipeline.namespace,
    source: run.source,
    integration: run.root.current?.state.facts.integration?.value ?? null,
    state: diagnosis.state,
    outcome: run.outcome ?? null,
    headline: diagnosis.headline,
    // A run that nothing holds may still have something to say: why it was not reused, say.
    rule: (lead ?? diagnosis.verdicts[0])?.rule ?? null,
    certainty: (lead ?? diagnosis.verdicts[0])?.certainty ?? null,
    blocker: first?.nodeKey ?? null,
    holds: diagnosis.blockers.reduce((sum, b) => Math.max(sum, b.holds), 0),
    command: lead?.unblock.find((u) => u.command !== null)?.command ?? null,
    since: toWire(diagnosis.since),
    startedAt: toWire(run.startedAt),
    endedAt: toWire(run.endedAt),
    lastSignAt: toWire(lastSignOf(run)),
    nodesDone: nodes.filter((n) => isSettled(n.status)).length,
    nodesReused: nodes.filter((n) => n.status === "reused").length,
    nodesTotal: nodes.length,
    strip: holder.current ? stripOf(holder.current, at, policyOf(holder.key)) : [],
  };
}

/** The latest thing heard of any attempt of the run, on the producers' clock. */
function lastSignOf(run: RunView): Instant | undefined {
  let last: number | undefined;
  for (const node of [run.root, ...run.nodes.values()]) {
    for (const { state, life } of node.attempts) {
      last = Math.max(
        last ?? Number.NEGATIVE_INFINITY,
        state.last?.at ?? last ?? Number.NEGATIVE_INFINITY,
        life.lastBeat?.at ?? Number.NEGATIVE_INFINITY,
      );
    }
  }
  return last === undefined || !Number.isFinite(last) ? undefined : (last as Instant);
}
