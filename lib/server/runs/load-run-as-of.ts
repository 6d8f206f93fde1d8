import { BUCKET_MS, bucketOf, bucketsOf, withBuckets } from "../../base/bitmap.ts";
import { type Instant, toIso } from "../../base/instant.ts";
import type { Event } from "../../events/event.ts";
import { assembleRun } from "../../projections/assemble-run.ts";
import { attemptProjection } from "../../projections/attempt-state.ts";
import { parentIdOf, type StoredAttempt } from "../../projections/attempt-view.ts";
import { type LifeSigns, lifeProjection } from "../../projections/life-signs.ts";
import { unpackLife } from "../../projections/packed-life.ts";
import type { RunView } from "../../projections/run-view.ts";
import { topOf, whatIsAbove } from "../../projections/tree-tops.ts";
import type { Statements } from "../database.ts";
import { loggedEvents } from "../ingest/logged-events.ts";
import { loadPutAway } from "./load-put-away.ts";

/** What is stored of an attempt that is in the tree today. */
interface Member {
  readonly events: Event[];
  readonly life: LifeSigns;
  /** The buckets of beats that came by messages received after the instant. */
  readonly later: Set<number>;
}

/**
 * The run that an attempt was part of at a past instant, as it was known by what had been received until then: the
 * same folds over the log's beginning, the tree included. It may have become part of a larger run since: `runId` is the
 * one that it is part of today, which holds all that it was part of then. Undefined where nothing of it was known.
 */
export async function loadRunAsOf(
  db: Statements,
  runId: string,
  at: Instant,
  attemptId = runId,
): Promise<RunView | undefined> {
  const members = await loadMembers(db, runId, at);
  // Behind the life lines: what is put away between the two is found in both, and would else be in neither.
  const putAway = await loadPutAway(db, runId);
  const stored = new Map<string, StoredAttempt>();
  for (const [id, { events, life, later }] of members) {
    const state = events.reduce(attemptProjection.evolve, attemptProjection.initial(id));
    const told = events.reduce(lifeProjection.evolve, lifeProjection.initial(id));
    const beats = withBuckets(life.beats, putAway.get(id) ?? []);
    stored.set(id, { state, life: livedUntil(told, { ...life, beats }, later, at) });
  }
  const events = [...members.values()].flatMap((member) => member.events);
  const heard = [...stored.values()].filter(({ state, life }) => state.first || life?.lastBeat);
  const above = whatIsAbove(new Map(heard.map(({ state }) => [state.id, parentIdOf(state)])), events);
  if (!above.has(attemptId)) return undefined;
  const root = topOf(attemptId, above);
  const tree = [...above.keys()].filter((id) => topOf(id, above) === root);
  return assembleRun(
    root,
    tree.map((id) => stored.get(id) ?? namedOnly(id)),
  );
}

/** One of which nothing was known but that others are below it. */
function namedOnly(id: string): StoredAttempt {
  return { state: attemptProjection.initial(id), life: lifeProjection.initial(id) };
}

interface Row {
  id: string;
  signs: Uint8Array | null;
  message: string | null;
  received_at: Date;
  body: Uint8Array;
}

function lifeOf(id: string, signs: Uint8Array | null): LifeSigns {
  return signs ? unpackLife(id, signs) : lifeProjection.initial(id);
}

/** What was received later matters only where it may hold beats, which are then not to be taken for known. */
async function loadMembers(db: Statements, runId: string, at: Instant): Promise<Map<string, Member>> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT a.id, l.signs, m.id AS message, m.received_at, m.body
    FROM attempt a
    LEFT JOIN life_sign l ON l.life_id = a.life_id
    LEFT JOIN message m ON m.attempt_id = a.id
      AND (m.received_at <= ${toIso(at)}::timestamptz OR l.life_id IS NOT NULL)
    WHERE a.run_id = ${runId}`;
  const members = new Map<string, Member>();
  for (const { id, signs, message, received_at, body } of rows) {
    const known = members.get(id) ?? { events: [], life: lifeOf(id, signs), later: new Set() };
    members.set(id, known);
    if (message === null) continue;
    const events = loggedEvents({ id: message, received_at, body });
    if (received_at.getTime() <= at) known.events.push(...events);
    else
      for (const { type, occurredAt } of events)
        if (type === "attempt.beat") known.later.add(bucketOf(occurredAt));
  }
  return members;
}

/**
 * What was known of an attempt's beats at an instant. Beats that came by messages are known by their receipt; of the
 * others there is none, and they count from when they happened by their producer's clock.
 */
function livedUntil(
  told: LifeSigns,
  stored: LifeSigns,
  toldLater: ReadonlySet<number>,
  at: Instant,
): LifeSigns {
  const isKnown = new Set(bucketsOf(told.beats));
  const others = bucketsOf(stored.beats).filter(
    (bucket) => bucket * BUCKET_MS <= at && !isKnown.has(bucket) && !toldLater.has(bucket),
  );
  const promised =
    stored.intervalMs && stored.intervalMs.receivedAt <= at ? stored.intervalMs : told.intervalMs;
  const progress = stored.progress && stored.progress.receivedAt <= at ? stored.progress : told.progress;
  const known = { ...told, ...(promised && { intervalMs: promised }), ...(progress && { progress }) };
  const [earliest] = others;
  const latest = others.at(-1);
  if (earliest === undefined || latest === undefined) return known;
  const first = earliest * BUCKET_MS;
  const lastAt = Math.min((latest + 1) * BUCKET_MS - 1, at);
  return {
    ...known,
    beats: withBuckets(told.beats, others),
    firstBeat: told.firstBeat && told.firstBeat.at <= first ? told.firstBeat : momentAt(first),
    lastBeat: told.lastBeat && told.lastBeat.at >= lastAt ? told.lastBeat : momentAt(lastAt),
    lastReceivedAt: Math.max(told.lastReceivedAt ?? 0, lastAt) as Instant,
  };
}

/** A beat without a message; of when it was received nothing is kept. */
function momentAt(ms: number) {
  return { at: ms as Instant, receivedAt: ms as Instant, messageId: "" };
}
