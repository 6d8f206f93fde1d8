import type { Instant } from "../base/instant.ts";
import type { Event } from "../events/event.ts";
import { assembleRun } from "../projections/assemble-run.ts";
import { attemptProjection } from "../projections/attempt-state.ts";
import { lifeProjection } from "../projections/life-signs.ts";
import type { RunView } from "../projections/run-view.ts";
import { translate } from "../sources/openlineage/translate.ts";
import { readMessage } from "../sources/openlineage/wire.ts";

/** The second 0 of the messages, ms. */
const BEGAN = 1_700_000_000_000;

/** When all of them were received, in one go: thirty days after they began. */
export const IMPORTED_AT = (BEGAN + 30 * 86_400_000) as Instant;

/** One message, in short: `at` in seconds, `parentJob` is `dag` where left out; `written` outputs have statistics. */
export interface Said {
  at?: number;
  type?: string;
  id: string;
  job: string;
  parent?: string;
  parentJob?: string;
  facets?: object;
  jobFacets?: object;
  inputs?: string[];
  outputs?: string[];
  written?: string[];
}

/** Folds messages, as OpenLineage has them, into the run of `root`. */
export function runOfMessages(root: string, ...said: Said[]): RunView {
  const events: Event[] = said.flatMap((s, i) => {
    const named = (names: string[] = []) => names.map((name) => ({ namespace: "db", name }));
    const parent = s.parent
      ? { parent: { run: { runId: s.parent }, job: { namespace: "n", name: s.parentJob ?? "dag" } } }
      : {};
    const read = readMessage({
      eventType: s.type ?? "START",
      eventTime: new Date(BEGAN + (s.at ?? i) * 1000).toISOString(),
      run: { runId: s.id, facets: { ...parent, ...s.facets } },
      job: { namespace: "n", name: s.job, facets: s.jobFacets },
      inputs: named(s.inputs),
      outputs: [
        ...named(s.outputs),
        ...named(s.written).map((o) => ({
          ...o,
          outputFacets: { outputStatistics: { rowCount: 7, size: 512 } },
        })),
      ],
    });
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    return translate(read.message).map((t) => ({
      ...t,
      messageId: `m${i}`,
      receivedAt: IMPORTED_AT,
    }));
  });
  const byId = Map.groupBy(events, (e) => e.attemptId);
  const ids = new Set([root, ...events.map((e) => e.attemptId), ...said.flatMap((s) => s.parent ?? [])]);
  return assembleRun(
    root,
    [...ids].map((id) => {
      const own = byId.get(id) ?? [];
      return {
        state: own.reduce(attemptProjection.evolve, attemptProjection.initial(id)),
        life: own.reduce(lifeProjection.evolve, lifeProjection.initial(id)),
      };
    }),
  );
}
