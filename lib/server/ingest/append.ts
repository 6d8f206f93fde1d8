import type { Instant } from "../../base/instant.ts";
import type { Event } from "../../events/event.ts";
import { attemptProjection } from "../../projections/attempt-state.ts";
import { parentIdOf } from "../../projections/attempt-view.ts";
import { type BeatSum, joinSums } from "../../projections/beat-sum.ts";
import type { Before } from "../runs/estimate-skew.ts";
import type { Accepted, AcceptedBeats } from "./accepted.ts";
import { announceCommit } from "./announce.ts";
import { type Alive, byAttempt, foldAttempts, goOn, mentioned } from "./fold-attempts.ts";
import { insertMessages } from "./insert-messages.ts";
import { lockIngest } from "./lock-ingest.ts";
import { placeAttempts } from "./place-attempts.ts";
import { type BeatingAttempt, type KnownAttempt, readAttempts, readBeating } from "./read-attempts.ts";
import { resolveRuns } from "./resolve-runs.ts";
import { type AttemptToSave, isStoredAlready, saveAttempts, saveHints } from "./save-attempts.ts";
import { saveLives } from "./save-lives.ts";
import { type TouchedRuns, touchRuns } from "./touch-runs.ts";
import { touchSources } from "./touch-sources.ts";
import type { Session, Writer } from "./writer.ts";

/** What a transaction stored. */
export interface Appended {
  /** The messages that were not in the log before. */
  readonly fresh: readonly Accepted[];
  /** Beats of an attempt: how many, the source that told of it, and when the last of them was. */
  readonly beats: readonly SourcedBeats[];
}

interface SourcedBeats {
  readonly attemptId: string;
  readonly source: string;
  readonly beats: number;
  readonly occurredAt: Instant;
  readonly receivedAt: Instant;
}

/**
 * Appends messages to the log and folds them, and beats, into the projections, in one transaction. When it returns,
 * all of it is committed; when it throws, none of it is. A message that is in the log already changes nothing.
 *
 * It goes to Postgres two times, whatever the number of messages; a third time where an attempt begins to beat, and
 * where a tree is joined to another.
 */
export async function append(
  writer: Writer,
  messages: readonly Accepted[],
  beats: readonly AcceptedBeats[],
  at: Instant,
): Promise<Appended> {
  const told = byAttempt(messages.flatMap((m) => m.events));
  const hints = mentioned(messages.flatMap((m) => m.events));
  const sums = joinSums(beats.map((b) => b.sums));
  const onlyBeating = [...sums.keys()].filter((id) => !told.has(id));
  return writer.transaction(async (session) => {
    const [, fresh, known, beating] = await Promise.all([
      lockIngest(session),
      insertMessages(session, messages),
      readAttempts(
        session,
        [...told.keys()],
        [...hints.keys()].filter((id) => !told.has(id)),
      ),
      readBeating(session, onlyBeating),
    ]);
    const sourced = [...sums.values()].map((sum) => sourcedBeats(sum, known, beating));
    const events = fresh.flatMap((m) => m.events);
    const spoken = [...events, ...sourced];
    if (spoken.length === 0) return { fresh, beats: sourced };
    const alive = goOn(sums, beating);
    const beginning = [...beating.keys()].filter((id) => !alive.has(id));
    const whole = await readAttempts(session, beginning, []);
    const [touched] = await Promise.all([
      foldIn(session, { events, sums, known: new Map([...known, ...whole]), alive }, "stored"),
      touchSources(session, spoken, (id) => saidBefore(known.get(id) ?? beating.get(id))),
    ]);
    const { runs, gone } = touched;
    await Promise.all([
      touchRuns(session, touched, at),
      announceCommit(session, {
        runs: [...runs, ...touched.alive, ...gone],
        sources: spoken.map(({ source }) => source),
      }),
    ]);
    return { fresh, beats: sourced };
  });
}

/** Beats name only their attempt: its source is the one that told of it. */
function sourcedBeats(
  { attemptId, beats, signs }: BeatSum,
  known: ReadonlyMap<string, KnownAttempt>,
  beating: ReadonlyMap<string, BeatingAttempt>,
): SourcedBeats {
  const attempt = beating.get(attemptId) ?? known.get(attemptId);
  const { at: occurredAt, receivedAt } = signs.lastBeat;
  return {
    attemptId,
    source: attempt?.source ?? "unknown",
    beats,
    occurredAt,
    receivedAt,
  };
}

/** The first and the last that was told of an attempt before, of one that only beats by its beats. */
function saidBefore(attempt: KnownAttempt | BeatingAttempt | undefined): Before {
  if (attempt && "state" in attempt && attempt.state) return attempt.state;
  return { first: attempt?.life?.firstBeat, last: attempt?.life?.lastBeat };
}

/** What is told of the attempts of a transaction, and what was known of them before it. */
interface News {
  readonly events: readonly Event[];
  /** The beats of each attempt, besides those that events tell of. */
  readonly sums: ReadonlyMap<string, BeatSum>;
  /** All attempts that are spoken of or mentioned, save those that go on, as far as they are stored. */
  readonly known: ReadonlyMap<string, KnownAttempt>;
  /** Those of which nothing is told but that they go on. */
  readonly alive?: ReadonlyMap<string, Alive>;
}

/**
 * Folds news into the attempts that they speak of, names those that they only mention, and joins trees. The caller
 * holds the ingest lock.
 */
export async function foldIn(
  session: Session,
  { events, sums, known, alive: goingOn = new Map() }: News,
  onto: "stored" | "beginning",
): Promise<TouchedRuns> {
  const told = byAttempt(events);
  for (const id of sums.keys()) if (!told.has(id) && !goingOn.has(id)) told.set(id, []);
  const { states, lives } = foldAttempts(told, sums, known, onto);
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
    return {
      state,
      life: lifeOf.get(state.id) ?? known.get(state.id)?.life ?? undefined,
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
  const changed = states.filter((state) => {
    const row = known.get(state.id);
    const onlyBeats = told.get(state.id)?.length === 0 && row?.state && !hints.has(state.id);
    return !onlyBeats || !isStoredAlready(toSave(state), row.life ?? undefined);
  });
  const [, , , resolved] = await Promise.all([
    saveAttempts(session, [...changed, ...newlyNamed].map(toSave)),
    saveHints(session, rehinted),
    // Behind the attempts, which give the new ones their life ids.
    saveLives(session, [
      ...lives.map((life) => ({ life, lifeId: known.get(life.attemptId)?.life_id })),
      ...goingOn.values(),
    ]),
    resolveRuns(session, moving),
  ]);

  const runs = new Set<string>();
  for (const id of [...spoken, ...named]) {
    const run =
      resolved.moved.get(id)?.run ?? resolved.runOf.get(id) ?? runOf.get(id) ?? known.get(id)?.run_id;
    if (run !== undefined) runs.add(run);
  }
  const alive = new Set<string>();
  for (const [id, { run }] of goingOn) alive.add(resolved.moved.get(id)?.run ?? run);
  for (const run of runs) alive.delete(run);
  const fresh = new Set([...resolved.runOf.values(), ...[...runs].filter((id) => runOf.get(id) === id)]);
  const gone = new Set([...resolved.moved.values()].map((m) => m.was));
  for (const run of runs) gone.delete(run);
  return { runs: [...runs], alive: [...alive], fresh: [...fresh], gone: [...gone] };
}

/** The lesser of two ids, where there are two. */
function least(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}
