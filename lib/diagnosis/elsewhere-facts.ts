import type { Instant } from "../base/instant.ts";
import { jobId } from "../events/job-id.ts";
import type { NodeView } from "../projections/run-view.ts";
import type { Other } from "./verdict.ts";
import type { WaitFacts } from "./wait-facts.ts";
import type { World } from "./world.ts";

/** An attempt of another run that a node waits for. */
export interface Elsewhere {
  readonly other: Other;
  /**
   * dependency  it was declared to come first
   * job         its job was, and this is the latest execution of that
   * wait        it has what the node says that it waits for
   */
  readonly by: "dependency" | "job" | "wait";
  /** Since when that is known, on our clock. */
  readonly since: Instant;
  readonly eventId: string;
}

/**
 * Whom in other runs a node waits for, as far as these are known here. What has begun no longer waits for what was to
 * come first. Locks and queues are told of where they belong: with the wait itself. `wait`: what the node waits for now.
 */
export function elsewhereFacts(
  world: World,
  node: NodeView,
  wait: WaitFacts | undefined,
): readonly Elsewhere[] {
  const attempt = node.current;
  const { others } = world.context;
  if (!attempt || !others || others.size === 0) return [];
  const clock = world.clockOf(attempt);
  const found = new Map<string, Elsewhere>();
  if (attempt.status === "waiting") {
    for (const told of Object.values(attempt.state.dependencies)) {
      for (const { attemptId, job } of told.value.upstream) {
        const id = attemptId ?? (job && jobId(job));
        const other = id === undefined ? undefined : others.get(id);
        const first = attempt.state.first ?? told;
        if (!other || (attemptId === undefined && found.has(other.attemptId))) continue;
        const by = attemptId === undefined ? "job" : "dependency";
        found.set(other.attemptId, { other, by, since: clock.told(first), eventId: told.messageId });
      }
    }
  }
  if (wait?.holder?.other && WAITS_FOR_RUNS.has(wait.kind)) {
    const { other } = wait.holder;
    found.set(other.attemptId, { other, by: "wait", since: wait.since, eventId: wait.eventId });
  }
  return [...found.values()].sort(
    (a, b) => a.since - b.since || (a.other.attemptId < b.other.attemptId ? -1 : 1),
  );
}

/** Waits that end when another run does. */
const WAITS_FOR_RUNS: ReadonlySet<string> = new Set([
  "sensor",
  "run",
  "job",
  "dependency",
  "upstream",
  "dataset",
]);
