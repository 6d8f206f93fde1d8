import type { Instant } from "../base/instant.ts";
import type { NodeView } from "../projections/run-view.ts";
import { waitsByItself } from "./gates.ts";
import { waitFirstTold } from "./still-waits.ts";
import type { Other } from "./verdict.ts";
import type { World } from "./world.ts";

/** What a node's attempt says that it waits for. */
export interface WaitFacts {
  /** In lower case with hyphens: queue, capacity, lock, pool, retry, approval, sensor, image, … */
  readonly kind: string;
  readonly on: string | undefined;
  readonly holder:
    | {
        readonly attemptId: string | undefined;
        readonly job: string | undefined;
        readonly url: string | undefined;
        /** Its node, where it is of the same run. */
        readonly node: NodeView | undefined;
        /** What is known of it, where it is of another run. */
        readonly other: Other | undefined;
        /** When it ended, on our clock. */
        readonly endedAt: Instant | undefined;
      }
    | undefined;
  readonly since: Instant;
  /** When it ends at the latest, where that is told. */
  readonly until: Instant | undefined;
  readonly eventId: string;
}

/**
 * Reads what a node waits for now. An attempt that has started waits only while nothing but beats came after it said
 * so; one that has not started waits until it does; one that failed may wait for its next try. What works below it shows
 * that it waits no more.
 */
export function waitFacts(world: World, node: NodeView): WaitFacts | undefined {
  const attempt = node.current;
  const wait = attempt?.state.wait;
  if (!attempt || !wait || !waitsByItself(world.run, node)) return undefined;
  const clock = world.clockOf(attempt);
  const { kind, on, holder, since, until } = wait.value;
  return {
    kind,
    on,
    holder: holder && { job: holder.job, url: holder.url, ...holderOf(world, holder.attemptId) },
    since: since === undefined ? clock.told(waitFirstTold(attempt) ?? wait) : clock.ours(since),
    // What is yet to come must not be cut off at now, as `ours` does.
    until: until === undefined ? undefined : ((until + clock.offsetMs) as Instant),
    eventId: wait.messageId,
  };
}

/** Whether it may wait yet: what it waits for has no end that is told, or that has not come. */
export function waitsOn(wait: WaitFacts | undefined, { now, changesAt }: Waiting): boolean {
  if (wait === undefined) return false;
  changesAt(wait.until);
  return wait.until === undefined || now < wait.until;
}

interface Waiting {
  readonly now: Instant;
  readonly changesAt: (at: Instant | undefined) => void;
}

/** The same, of a node by its key; the root's too. */
export function waitOfNode(world: World, key: string): WaitFacts | undefined {
  const { nodes, root } = world.run;
  const node = nodes.get(key) ?? (key === root.key ? root : undefined);
  return node && waitFacts(world, node);
}

function holderOf(world: World, attemptId: string | undefined) {
  const attempt = attemptId === undefined ? undefined : world.attempt(attemptId);
  const node = attempt && (world.run.nodes.get(attempt.nodeKey) ?? world.run.root);
  const endedAt = attempt?.endedAt;
  const other = attempt || attemptId === undefined ? undefined : world.context.others?.get(attemptId);
  return {
    attemptId,
    node,
    other,
    endedAt:
      attempt && endedAt !== undefined ? world.clockOf(attempt).ours(endedAt) : (other?.endedAt ?? undefined),
  };
}
