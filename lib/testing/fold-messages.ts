/** What a set of messages must come to, by the pure folds alone: what ingest is held against. */
import { assembleRun } from "../projections/assemble-run.ts";
import { attemptProjection } from "../projections/attempt-state.ts";
import { parentIdOf, type StoredAttempt } from "../projections/attempt-view.ts";
import { lifeProjection } from "../projections/life-signs.ts";
import { project } from "../projections/projection.ts";
import type { RunView } from "../projections/run-view.ts";
import { topOf, whatIsAbove } from "../projections/tree-tops.ts";
import type { Accepted } from "../server/ingest/accepted.ts";

/** The runs that the messages tell of, and the run that each attempt belongs to, named ones included. */
export interface Forest {
  readonly runs: ReadonlyMap<string, RunView>;
  readonly runOf: ReadonlyMap<string, string>;
  readonly attempts: ReadonlyMap<string, StoredAttempt>;
}

/** Folds messages as a set: which came first, how often and with which others does not enter here. */
export function foldMessages(messages: readonly Accepted[]): Forest {
  const once = new Map(messages.map((m) => [m.id, m]));
  const events = [...once.values()].flatMap((m) => m.events);
  const byAttempt = Map.groupBy(events, (e) => e.attemptId);
  const states = [...byAttempt].map(([id, own]) =>
    project(attemptProjection, attemptProjection.initial(id), own),
  );
  const up = whatIsAbove(new Map(states.map((s) => [s.id, parentIdOf(s)])), events);
  const attempts = new Map(
    [...up.keys()].map((id): [string, StoredAttempt] => {
      const own = byAttempt.get(id) ?? [];
      const life = project(lifeProjection, lifeProjection.initial(id), own);
      return [id, { state: project(attemptProjection, attemptProjection.initial(id), own), life }];
    }),
  );
  const runOf = new Map([...up.keys()].map((id) => [id, topOf(id, up)]));
  const runs = new Map<string, RunView>();
  for (const [root, ids] of Map.groupBy(runOf.keys(), (id) => runOf.get(id) ?? id)) {
    runs.set(
      root,
      assembleRun(
        root,
        ids.flatMap((id) => attempts.get(id) ?? []),
      ),
    );
  }
  return { runs, runOf, attempts };
}
