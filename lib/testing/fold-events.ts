/** Folds told events by the real projections, and gathers what the server would know of their sources. */
import type { Instant } from "../base/instant.ts";
import type { SourceFacts } from "../diagnosis/verdict.ts";
import type { Event } from "../events/event.ts";
import { attemptProjection } from "../projections/attempt-state.ts";
import type { StoredAttempt } from "../projections/attempt-view.ts";
import { learnedIntervalMs, lifeProjection } from "../projections/life-signs.ts";
import { project } from "../projections/projection.ts";

/** Another run's open attempt that beats. */
export interface Elsewhere {
  readonly source: string;
  readonly attemptId: string;
  readonly intervalMs: number;
  readonly lastReceivedAt: Instant;
}

/** What the store would hold: each attempt that was heard, and each parent that was only named. */
export function foldEvents(rootId: string, events: readonly Event[]): StoredAttempt[] {
  const byAttempt = new Map<string, Event[]>([[rootId, []]]);
  const listOf = (id: string): Event[] => {
    const list = byAttempt.get(id) ?? [];
    byAttempt.set(id, list);
    return list;
  };
  for (const e of events) {
    listOf(e.attemptId).push(e);
    if (e.type === "attempt.observed" && e.parent) listOf(e.parent.attemptId);
  }
  return [...byAttempt].map(([id, own]) => ({
    state: project(attemptProjection, attemptProjection.initial(id), own),
    life: project(lifeProjection, lifeProjection.initial(id), own),
  }));
}

/** Each source with its open attempts that keep a rhythm: the run's own, and those told of elsewhere. */
export function sourcesOf(
  stored: readonly StoredAttempt[],
  events: readonly Event[],
  main: string,
  elsewhere: readonly Elsewhere[],
  heard: ReadonlyMap<string, Instant>,
  skewMs: number,
): Map<string, SourceFacts> {
  const names = new Set([main, ...events.map((e) => e.source), ...elsewhere.map((o) => o.source)]);
  const lastBySource = new Map<string, number>(heard);
  const hear = (source: string, at: number): void => {
    lastBySource.set(source, Math.max(lastBySource.get(source) ?? -Infinity, at));
  };
  for (const e of events) hear(e.source, e.receivedAt);
  for (const other of elsewhere) hear(other.source, other.lastReceivedAt);
  return new Map(
    [...names].map((name): [string, SourceFacts] => {
      const last = lastBySource.get(name);
      return [
        name,
        {
          name,
          lastReceivedAt: last === undefined ? null : (last as Instant),
          skewMs,
          beating: [
            ...stored.flatMap((attempt) => beatingOf(attempt, name, main)),
            ...elsewhere.filter((o) => o.source === name),
          ],
        },
      ];
    }),
  );
}

function beatingOf({ state, life }: StoredAttempt, name: string, main: string): SourceFacts["beating"] {
  const intervalMs = life?.intervalMs?.value ?? (life && learnedIntervalMs(life.beats));
  const last = Math.max(life?.lastReceivedAt ?? 0, state.lastReceivedAt ?? 0);
  const isOpen = Object.keys(state.ends).length === 0 && (state.source ?? main) === name;
  return intervalMs === undefined || !isOpen || last === 0
    ? []
    : [{ attemptId: state.id, intervalMs, lastReceivedAt: last as Instant }];
}
