import { byCodeUnit } from "../base/compare.ts";
import type { Instant } from "../base/instant.ts";
import { settledSteps } from "./assemble-run.ts";
import { type AttemptFacts, type AttemptState, attemptProjection, type Outcome } from "./attempt-state.ts";
import { jobNames, placeAttempts } from "./node-keys.ts";
import type { NodeStatus } from "./run-view.ts";

/** What a history needs of an attempt: little, since it looks at those of fifty runs at once. */
export interface AttemptGist {
  readonly id: string;
  readonly status: "waiting" | "running" | Outcome;
  readonly startedAt?: Instant;
  readonly endedAt?: Instant;
  readonly reused: boolean;
  /** What places it: its job, parent and root, and what the source calls it. */
  readonly facts: AttemptFacts;
  /** How the orchestrator said that each step ended; of the root. */
  readonly steps?: AttemptState["steps"];
  /** It told a plan; of the root. */
  readonly hasPlan?: boolean;
  /** The steps of its plan whose jobs it names. */
  readonly plannedJobs?: Plan["nodes"];
}

type Plan = NonNullable<AttemptState["plan"]>["value"];

/** One node in one run, as its latest attempt stands. */
export interface RunCell {
  readonly key: string;
  readonly label: string;
  readonly parentKey?: string;
  /** The mapped or looped step that it is an instance of. */
  readonly instanceOf?: string;
  /** It is the root itself, where nothing else was told of its run. */
  readonly alone?: true;
  readonly status: NodeStatus;
  readonly attempts: number;
  /** How long its latest attempt took; undefined while it runs. */
  readonly tookMs?: number;
}

/**
 * The nodes of one run with how they stand, as `assembleRun` gives them, without their edges and evidence. Of a run
 * that has ended nothing is open any more.
 */
export function cellsOf(rootId: string, gists: readonly AttemptGist[], runEnded: boolean): RunCell[] {
  const attempts = new Map(
    [...gists].sort((a, b) => byCodeUnit(a.id, b.id)).map((gist) => [gist.id, { state: stateOf(gist) }]),
  );
  const root = gists.find((gist) => gist.id === rootId);
  if (!root) return [];
  const places = placeAttempts(rootId, attempts, jobNames(attempts));
  const rootKey = places.get(rootId)?.key ?? rootId;
  const steps = settledSteps(root.steps);
  const alone = gists.length === 1 && steps.size === 0 && root.hasPlan !== true;
  const byNode = Map.groupBy(
    gists.filter((gist) => alone || gist.id !== rootId),
    (gist) => places.get(gist.id)?.key ?? gist.id,
  );
  const cells = new Map<string, RunCell>();
  for (const [key, tries] of byNode) {
    const latest = tries.reduce((a, b) => (laterOf(a, b) > 0 ? a : b));
    const place = places.get(latest.id);
    const { startedAt, endedAt } = latest;
    cells.set(key, {
      key,
      label: place?.label ?? key,
      status: statusOf(latest, runEnded),
      attempts: tries.length,
      ...(alone && { alone }),
      ...(place?.parentKey !== undefined && { parentKey: place.parentKey }),
      ...(place?.instanceOf !== undefined && { instanceOf: place.instanceOf }),
      ...(startedAt !== undefined && endedAt !== undefined && { tookMs: Math.max(0, endedAt - startedAt) }),
    });
  }
  const instanced = new Set([...cells.values()].flatMap((cell) => cell.instanceOf ?? []));
  for (const [key, status] of steps) {
    if (cells.has(key) || instanced.has(key) || key === rootKey) continue;
    cells.set(key, { key, label: key, status, attempts: 0 });
  }
  return [...cells.values()].sort((a, b) => byCodeUnit(a.key, b.key));
}

/** As far as it decides on what a step is called. */
function stateOf({ id, facts, plannedJobs }: AttemptGist): AttemptState {
  const state = { ...attemptProjection.initial(id), facts };
  if (!plannedJobs || plannedJobs.length === 0) return state;
  const at = 0 as Instant;
  return {
    ...state,
    plan: { at, receivedAt: at, messageId: "", value: { nodes: plannedJobs, edges: [] } },
  };
}

function statusOf({ status, reused }: AttemptGist, runEnded: boolean): NodeStatus {
  if (status === "completed") return reused ? "reused" : "completed";
  return runEnded && (status === "waiting" || status === "running") ? "aborted" : status;
}

function laterOf(a: AttemptGist, b: AttemptGist): number {
  return (
    (a.facts.number?.value ?? 0) - (b.facts.number?.value ?? 0) ||
    (a.startedAt ?? 0) - (b.startedAt ?? 0) ||
    byCodeUnit(a.id, b.id)
  );
}
