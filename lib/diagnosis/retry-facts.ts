import type { Instant } from "../base/instant.ts";
import type { AttemptView, NodeView } from "../projections/run-view.ts";
import type { WaitFacts } from "./wait-facts.ts";
import type { World } from "./world.ts";

/** How a node's tries ended, and whether another one comes. */
export interface RetryFacts {
  /** Between two tries: the last one failed, and another may come. */
  readonly pending: boolean;
  /** When the next try is due, where that is told. */
  readonly dueAt: Instant | undefined;
  readonly dueEventId: string | null;
  /** How many tries the source allows in all, where that is known. */
  readonly max: number | undefined;
  /** The number of the last try that failed. */
  readonly number: number;
  /** The failed tries, the newest first. */
  readonly failures: readonly Failure[];
  /** How many of the newest failures say the same; 0 where the newest does not say why. */
  readonly alike: number;
}

export interface Failure {
  readonly number: number;
  readonly at: Instant;
  /** The first line of what it said. */
  readonly error: string | undefined;
  readonly eventId: string | null;
  /** How long the try took, ms. */
  readonly tookMs: number | undefined;
}

/** Reads how a node's tries ended. `wait`: what it waits for now. */
export function retryFacts(world: World, node: NodeView, wait: WaitFacts | undefined): RetryFacts {
  const { current } = node;
  const failures = failuresOf(world, node);
  const waits = wait?.kind === "retry" ? wait : undefined;
  const i = world.graph.indexOf.get(node.key);
  const retrying = i !== undefined && world.graph.counts[i] === "retrying";
  const first = failures[0];
  return {
    pending: retrying || (waits !== undefined && current?.status === "waiting"),
    dueAt: waits?.until,
    dueEventId: waits?.eventId ?? null,
    max: current?.state.facts.maxAttempts?.value,
    number: first?.number ?? 0,
    failures,
    alike: first?.error === undefined ? 0 : countAlike(failures),
  };
}

/** What failed in a row: a try that completed, or still runs, ends it, and one that was given up says nothing. */
function failuresOf(world: World, node: NodeView): Failure[] {
  const failures: Failure[] = [];
  for (const attempt of [...node.attempts].reverse()) {
    if (attempt.status === "failed") failures.push(failureOf(world, attempt));
    else if (attempt.status === "completed") break;
  }
  return failures;
}

function failureOf(world: World, attempt: AttemptView): Failure {
  const { endedAt, startedAt } = attempt;
  const end = attempt.state.ends.failed;
  const clock = world.clockOf(attempt);
  return {
    number: attempt.number,
    at: end ? clock.told(end) : world.now,
    error: firstLine(attempt.error),
    eventId: attempt.endMessageId ?? null,
    tookMs: endedAt === undefined || startedAt === undefined ? undefined : endedAt - startedAt,
  };
}

function firstLine(error: string | undefined): string | undefined {
  const line = error?.trim().split("\n")[0]?.slice(0, 200);
  return line === "" ? undefined : line;
}

function countAlike(failures: readonly Failure[]): number {
  const same = shapeOf(failures[0]?.error);
  const other = failures.findIndex((failure) => shapeOf(failure.error) !== same);
  return other < 0 ? failures.length : other;
}

/** An error without what changes from one try to the next: times, ids, addresses and numbers. */
function shapeOf(error: string | undefined): string | undefined {
  return error
    ?.toLowerCase()
    .replace(/\b(?=[0-9a-f-]*\d)[0-9a-f][0-9a-f-]{7,}\b|0x[0-9a-f]+/g, "#")
    .replace(/\d+/g, "#");
}
