import type { Bitmap } from "../../base/bitmap.ts";
import { BUCKET_MS, bucketsSet, setBit } from "../../base/bitmap.ts";
import { type Instant, toIso } from "../../base/instant.ts";
import type { Event } from "../../events/event.ts";
import { assembleRun } from "../../projections/assemble-run.ts";
import { type AttemptState, attemptProjection } from "../../projections/attempt-state.ts";
import type { StoredAttempt } from "../../projections/attempt-view.ts";
import { type LifeSigns, lifeProjection } from "../../projections/life-signs.ts";
import type { RunView } from "../../projections/run-view.ts";
import type { Statements } from "../database.ts";
import { type Logged, loggedEvents } from "../ingest/logged-events.ts";
import type { StoredLife } from "../ingest/save-lives.ts";

interface Row {
  id: string;
  state: AttemptState;
  life: StoredLife | null;
}

/** The root of the tree that an attempt belongs to; undefined where no message ever named it. */
export async function findRunId(db: Statements, attemptId: string): Promise<string | undefined> {
  const rows = await db.$queryRaw<{ run_id: string }[]>`SELECT run_id FROM attempt WHERE id = ${attemptId}`;
  return rows[0]?.run_id;
}

/** A run as it is known now. Undefined where there is none of that id. */
export async function loadRun(db: Statements, runId: string): Promise<RunView | undefined> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT a.id, a.state, l.state AS life
    FROM attempt a LEFT JOIN life_sign l ON l.attempt_id = a.id
    WHERE a.run_id = ${runId}`;
  if (!rows.some((row) => row.id === runId)) return undefined;
  const bitmaps = await loadBitmaps(db, runId);
  return assembleRun(
    runId,
    rows.map(({ id, state, life }) => ({
      state,
      life: { ...(life ?? { attemptId: id }), beats: bitmaps.get(id) ?? {} },
    })),
  );
}

/**
 * A run as it was known at a past instant, by what had been received until then: the same folds over the log's
 * beginning. Beats are not messages: of them the buckets up to that instant are taken.
 */
export async function loadRunAsOf(db: Statements, runId: string, at: Instant): Promise<RunView | undefined> {
  const rows = await db.$queryRaw<
    {
      id: string;
      message: Logged["id"] | null;
      received_at: Date;
      body: Uint8Array;
      life: StoredLife | null;
    }[]
  >`
    SELECT a.id, m.id AS message, m.received_at, m.body, l.state AS life
    FROM attempt a
    LEFT JOIN life_sign l ON l.attempt_id = a.id
    LEFT JOIN message m ON m.attempt_id = a.id AND m.received_at <= ${toIso(at)}::timestamptz
    WHERE a.run_id = ${runId}`;
  if (!rows.some((row) => row.id === runId)) return undefined;
  const bitmaps = await loadBitmaps(db, runId);
  const byAttempt = new Map<string, { events: Event[]; life: StoredLife | null }>();
  for (const { id, message, received_at, body, life } of rows) {
    const known = byAttempt.get(id) ?? { events: [], life };
    if (message !== null) known.events.push(...loggedEvents({ id: message, received_at, body }));
    byAttempt.set(id, known);
  }
  const stored: StoredAttempt[] = [];
  for (const [id, { events, life }] of byAttempt) {
    const state = events.reduce(attemptProjection.evolve, attemptProjection.initial(id));
    const lived = livedUntil(id, events, life, bitmaps.get(id) ?? {}, at);
    if (events.length > 0 || lived.lastBeat || id === runId) stored.push({ state, life: lived });
  }
  return stored.every((a) => a.state.first === undefined) ? undefined : assembleRun(runId, stored);
}

function livedUntil(
  id: string,
  events: readonly Event[],
  life: StoredLife | null,
  beats: Bitmap,
  at: Instant,
): LifeSigns {
  const told = events.reduce(lifeProjection.evolve, lifeProjection.initial(id));
  const starts = bucketsSet(beats).filter((start) => start <= at);
  const first = starts[0];
  const last = starts[starts.length - 1];
  if (first === undefined || last === undefined) return told;
  const until = starts.reduce<Bitmap>((bitmap, start) => setBit(bitmap, start), {});
  const momentAt = (ms: number) => ({ at: ms as Instant, receivedAt: ms as Instant, messageId: "" });
  const lastAt = Math.min(last + BUCKET_MS - 1, at);
  const promised = life?.intervalMs && life.intervalMs.receivedAt <= at ? life.intervalMs : told.intervalMs;
  const progress = life?.progress && life.progress.receivedAt <= at ? life.progress : told.progress;
  return {
    ...told,
    beats: until,
    firstBeat: told.firstBeat ?? momentAt(first),
    lastBeat: told.lastBeat && told.lastBeat.at > lastAt ? told.lastBeat : momentAt(lastAt),
    lastReceivedAt: Math.max(told.lastReceivedAt ?? 0, lastAt) as Instant,
    ...(promised && { intervalMs: promised }),
    ...(progress && { progress }),
  };
}

/** The bitmaps of a run's attempts. */
async function loadBitmaps(db: Statements, runId: string): Promise<Map<string, Bitmap>> {
  const rows = await db.$queryRaw<{ id: string; chunk: number; bits: string }[]>`
    SELECT c.attempt_id AS id, c.chunk, c.bits::text AS bits
    FROM beat_chunk c JOIN attempt a ON a.id = c.attempt_id
    WHERE a.run_id = ${runId}`;
  const bitmaps = new Map<string, Record<string, string>>();
  for (const { id, chunk, bits } of rows) {
    const known = bitmaps.get(id) ?? {};
    known[String(chunk)] = bits;
    bitmaps.set(id, known);
  }
  return bitmaps;
}
