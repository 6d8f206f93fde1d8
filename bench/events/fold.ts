/** Folds the messages of a shaped run as ingest would, in memory: for what is measured without a server. */
import type { Instant } from "../../lib/base/instant.ts";
import type { Context } from "../../lib/diagnosis/verdict.ts";
import { assembleRun } from "../../lib/projections/assemble-run.ts";
import { type AttemptState, attemptProjection } from "../../lib/projections/attempt-state.ts";
import { type LifeSigns, lifeProjection } from "../../lib/projections/life-signs.ts";
import type { RunView } from "../../lib/projections/run-view.ts";
import { stamped } from "../../lib/server/ingest/accepted.ts";
import { translate } from "../../lib/sources/openlineage/translate.ts";
import { readMessage } from "../../lib/sources/openlineage/wire.ts";
import { type Shape, shapedRun } from "./shapes.ts";

/** The run, and what a server would know beside it. */
export function runOfShape(shape: Shape, size: number, at: number): { run: RunView; context: Context } {
  const { rootId, events } = shapedRun(shape, size, 1, at);
  const attempts = new Map<string, { state: AttemptState; life: LifeSigns }>();
  let received = 0;
  let source = "";
  for (const json of events) {
    const read = readMessage(json);
    if (!read.ok) throw new Error(`A message of the shape ${shape} is refused.`);
    received += 1;
    for (const event of stamped(translate(read.message), String(received), (at + 60_000) as Instant)) {
      const id = event.attemptId;
      const known = attempts.get(id);
      source = event.source;
      attempts.set(id, {
        state: attemptProjection.evolve(known?.state ?? attemptProjection.initial(id), event),
        life: lifeProjection.evolve(known?.life ?? lifeProjection.initial(id), event),
      });
    }
  }
  const heard = { name: source, lastReceivedAt: (at + 60_000) as Instant, skewMs: 0, beating: [] };
  return {
    run: assembleRun(rootId, [...attempts.values()]),
    context: { history: new Map(), sources: new Map([[source, heard]]), originals: new Map() },
  };
}
