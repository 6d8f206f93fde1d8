/** What a set of messages must come to, by the pure folds alone: what ingest is held against. */
import type { Event } from "../events/event.ts";
import { assembleRun } from "../projections/assemble-run.ts";
import { attemptProjection } from "../projections/attempt-state.ts";
import { parentIdOf, type StoredAttempt } from "../projections/attempt-view.ts";
import { lifeProjection } from "../projections/life-signs.ts";
import { project } from "../projections/projection.ts";
import type { RunView } from "../projections/run-view.ts";
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
  const up = new Map(states.map((s) => [s.id, parentIdOf(s)]));
  const hints = hintsOf(events);
  for (const [id, roots] of hints) {
    if (up.get(id) === undefined) up.set(id, roots.filter((root) => root !== id).sort()[0]);
  }
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

/** The roots that were ever named for an attempt, by itself or by those who named it as their parent; all that are named. */
function hintsOf(events: readonly Event[]): Map<string, string[]> {
  const hints = new Map<string, string[]>();
  const hint = (id: string, root?: string) => {
    const known = hints.get(id) ?? [];
    hints.set(id, root === undefined ? known : [...known, root]);
  };
  for (const event of events) {
    if (event.type !== "attempt.observed") continue;
    const root = event.root?.attemptId;
    if (event.parent) hint(event.parent.attemptId, root);
    if (root === undefined) continue;
    hint(root);
    hint(event.attemptId, root);
  }
  return hints;
}

/** The end of the way up; the least of a circle, where the way goes round. */
function topOf(start: string, up: ReadonlyMap<string, string | undefined>): string {
  const path: string[] = [];
  for (let id = start; ; ) {
    const met = path.indexOf(id);
    if (met >= 0) return path.slice(met).sort()[0] ?? id;
    path.push(id);
    const next = up.get(id);
    if (next === undefined || next === id) return id;
    id = next;
  }
}
