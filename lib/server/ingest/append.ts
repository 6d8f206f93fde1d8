import type { Instant } from "../../base/instant.ts";
import type { Event } from "../../events/event.ts";
import { attemptProjection } from "../../projections/attempt-state.ts";
import { parentIdOf } from "../../projections/attempt-view.ts";
import type { LifeSigns } from "../../projections/life-signs.ts";
import type { Accepted, AcceptedBeats } from "./accepted.ts";
import { announceCommit } from "./announce.ts";
import { byAttempt, foldAttempts, mentioned } from "./fold-attempts.ts";
import { insertMessages } from "./insert-messages.ts";
import { lockIngest } from "./lock-ingest.ts";
import { placeAttempts } from "./place-attempts.ts";
import { type KnownAttempt, readAttempts } from "./read-attempts.ts";
import { resolveRuns } from "./resolve-runs.ts";
import { type AttemptToSave, saveAttempts, saveHints } from "./save-attempts.ts";
import { saveLives } from "./save-lives.ts";
import { type TouchedRuns, touchRuns } from "./touch-runs.ts";
import { touchSources } from "./touch-sources.ts";
import type { Session, Writer } from "./writer.ts";

/** What a transaction stored. */
export interface Appended {
  /** The messages that were not in the log before. */
  readonly fresh: readonly Accepted[];
  /** The beats, each with the source that told of its attempt. */
  readonly beats: readonly Event[];
}

/**
 * Appends messages to the log and folds them, and beats, into the projections, in one transaction. When it returns,
 * all of it is committed; when it throws, none of it is. A message that is in the log already changes nothing.
 *
 * It goes to Postgres two times, whatever the number of messages; a third time where a tree is joined to another.
 */
export async function append(
  writer: Writer,
  messages: readonly Accepted[],
  beats: readonly AcceptedBeats[],
  at: Instant,
): Promise<Appended> {
  const beaten = beats.flatMap((b) => b.events);
  const told = byAttempt([...messages.flatMap((m) => m.events), ...beaten]);
  const hints = mentioned(messages.flatMap((m) => m.events));
  return writer.transaction(async (session) => {
    const [, fresh, known] = await Promise.all([
      lockIngest(session),
      insertMessages(session, messages),
      readAttempts(
        session,
        [...told.keys()],
        [...hints.keys()].filter((id) => !told.has(id)),
      ),
    ]);
    const sourced = beaten.map((event) => ({
      ...event,
      source: known.get(event.attemptId)?.source ?? "unknown",
    }));
    const events = fresh.flatMap((m) => m.events).concat(sourced);
    if (events.length === 0) return { fresh, beats: sourced };
    const [touched] = await Promise.all([
      foldIn(session, events, known, "stored"),
      touchSources(session, events),
    ]);
    const { runs, alive, gone } = touched;
    await Promise.all([
      touchRuns(session, touched, at),
      announceCommit(session, {
        runs: [...runs, ...alive, ...gone],
        sources: events.map(({ source }) => source),
      }),
    ]);
    return { fresh, beats: sourced };
  });
}

/**
 * Folds events into the attempts that they speak of, names those that they only mention, and joins trees. The caller
 * holds the ingest lock, and has read (`known`) all attempts that the events speak of or mention.
 */
export async function foldIn(
  session: Session,
  events: readonly Event[],
  known: ReadonlyMap<string, KnownAttempt>,
  onto: "stored" | "beginning",
): Promise<TouchedRuns> {
  const { states, lives } = foldAttempts(byAttempt(events), known, onto);
  const hints = mentioned(events);
  const hintOf = (id: string) => least(known.get(id)?.root_hint ?? null, hints.get(id) ?? null);
  const spoken = new Set(states.map((state) => state.id));
  const named = [...hints.keys()].filter((id) => !spoken.has(id));
  const { runOf, moving } = placeAttempts(
    [
      ...states.map((state) => ({
        id: state.id,
        parent: parentIdOf(state) ?? null,
        hint: hintOf(state.id),
      })),
      ...named.map((id) => ({ id, parent: known.get(id)?.parent_id ?? null, hint: hintOf(id) })),
    ],
    (id) => {
      const row = known.get(id);
      return row && { id, run: row.run_id, parent: row.parent_id, hint: row.root_hint };
    },
  );

  const lifeOf = new Map(lives.map((life) => [life.attemptId, life]));
  const toSave = (state: AttemptToSave["state"]): AttemptToSave => {
    const stored = known.get(state.id)?.life;
    return {
      state,
      life: lifeOf.get(state.id) ?? (stored ? { ...stored, beats: {} } : undefined),
      run: runOf.get(state.id) ?? state.id,
      hint: hintOf(state.id),
    };
  };
  const newlyNamed = named.filter((id) => !known.has(id)).map((id) => attemptProjection.initial(id));
  const rehinted = new Map<string, string>();
  for (const id of named) {
    const hint = hintOf(id);
    if (known.has(id) && hint !== null && hint !== known.get(id)?.root_hint) rehinted.set(id, hint);
  }
  const beating = new Set(states.filter((state) => isOnlyBeating(state, known, lifeOf)).map((s) => s.id));
  const changed = states.filter((state) => !beating.has(state.id));
  const [, , , resolved] = await Promise.all([
    saveAttempts(session, [...changed, ...newlyNamed].map(toSave)),
    saveHints(session, rehinted),
    saveLives(session, lives),
    resolveRuns(session, moving),
  ]);

  const runs = new Set<string>();
  const alive = new Set<string>();
  for (const id of [...spoken, ...named]) {
    const run =
      resolved.moved.get(id)?.run ?? resolved.runOf.get(id) ?? runOf.get(id) ?? known.get(id)?.run_id;
    if (run !== undefined) (beating.has(id) ? alive : runs).add(run);
  }
  for (const run of runs) alive.delete(run);
  const fresh = new Set([...resolved.runOf.values(), ...[...runs].filter((id) => runOf.get(id) === id)]);
  const gone = new Set([...resolved.moved.values()].map((m) => m.was));
  for (const run of runs) gone.delete(run);
  return { runs: [...runs], alive: [...alive], fresh: [...fresh], gone: [...gone] };
}

/** Whether all that was told of an attempt is that it goes on: only its life line changed, and not when it began. */
function isOnlyBeating(
  state: AttemptToSave["state"],
  known: ReadonlyMap<string, KnownAttempt>,
  lifeOf: ReadonlyMap<string, LifeSigns>,
): boolean {
  const row = known.get(state.id);
  const before = row?.life?.firstBeat?.at;
  return (
    row !== undefined &&
    row.state === state &&
    before !== undefined &&
    before === lifeOf.get(state.id)?.firstBeat?.at
  );
}

/** The lesser of two ids, where there are two. */
function least(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}
