import { toWire } from "../../contract/instant.ts";
import type { NodeDetail, WaitResource } from "../../contract/nodes.ts";
import { stillWaits } from "../../diagnosis/still-waits.ts";
import type { Context } from "../../diagnosis/verdict.ts";
import { waitsOf } from "../../diagnosis/waits-told.ts";
import type { AttemptView, NodeView, RunView } from "../../projections/run-view.ts";

/** Where an attempt stands: whose node a holder is, and what is known of other runs. */
export interface Place {
  readonly run: RunView;
  readonly context: Context;
}

/** What an attempt waited for, as its node's panel shows it. */
export function waitsToWire(attempt: AttemptView, { run, context }: Place): WaitResource[] {
  const nodeOf = (id: string): string | null => {
    for (const node of run.nodes.values()) if (node.attempts.some((a) => a.id === id)) return node.key;
    return null;
  };
  return waitsOf(attempt).map(({ kind, on, holder, since, until, current, messageId }) => {
    const id = holder?.attemptId;
    const other = id === undefined ? undefined : context.others?.get(id);
    return {
      ...{ kind, on: on ?? null, since: toWire(since), until: toWire(until), current, eventId: messageId },
      holder: holder
        ? {
            runId: id ?? null,
            job: holder.job ?? null,
            url: holder.url ?? null,
            nodeKey: id === undefined ? null : nodeOf(id),
            run: other ? { pipeline: other.pipeline, state: other.state, headline: other.headline } : null,
          }
        : null,
    };
  });
}

/** The nodes of a run that say they wait for an attempt of this one, now. */
export function waitersFor(node: NodeView, run: RunView): NodeDetail["held"]["nodes"] {
  const ids = new Set(node.attempts.map((attempt) => attempt.id));
  const waiters: NodeDetail["held"]["nodes"] = [];
  for (const { key, status, current } of run.nodes.values()) {
    const wait = current?.state.wait?.value;
    const holder = wait?.holder?.attemptId;
    if (!current || !wait || holder === undefined || !ids.has(holder) || !stillWaits(current)) continue;
    waiters.push({ key, status, kind: wait.kind });
  }
  return waiters;
}
