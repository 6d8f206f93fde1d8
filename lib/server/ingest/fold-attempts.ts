import { type Instant, toIso } from "../../base/instant.ts";
import type { Event } from "../../events/event.ts";
import { type AttemptState, attemptProjection } from "../../projections/attempt-state.ts";
import { parentIdOf, viewAttempt } from "../../projections/attempt-view.ts";
import { type LifeSigns, lifeProjection } from "../../projections/life-signs.ts";
import type { Statements } from "../database.ts";
import { indexable } from "../indexable.ts";

/** A life line as it is stored: its bitmap lies apart, in chunks. */
export type StoredLife = Omit<LifeSigns, "beats">;

/** What a batch of events does to the attempts that they speak of. */
export interface Folded {
  readonly touched: readonly string[];
}

interface AttemptRow {
  id: string;
  state: AttemptState;
  life: StoredLife | null;
}

/**
 * Folds events into the attempts that they speak of, and names those that they only mention. A handful of
 * statements, whatever the number of events. The caller holds the ingest lock. Onto `stored` new events are folded;
 * from the `beginning` all events of an attempt are, which must then all be given.
 */
export async function foldAttempts(
  db: Statements,
  events: readonly Event[],
  onto: "stored" | "beginning" = "stored",
): Promise<Folded> {
  if (events.length === 0) return { touched: [] };
  const byAttempt = new Map<string, Event[]>();
  for (const event of events) {
    const list = byAttempt.get(event.attemptId);
    if (list) list.push(event);
    else byAttempt.set(event.attemptId, [event]);
  }
  const ids = [...byAttempt.keys()];
  const known = await db.$queryRaw<AttemptRow[]>`
    SELECT a.id, a.state, l.state AS life
    FROM attempt a LEFT JOIN life_sign l ON l.attempt_id = a.id
    WHERE a.id = ANY(${ids}::text[])`;
  const before = new Map(known.map((row) => [row.id, row]));

  const states: AttemptState[] = [];
  const lives: LifeSigns[] = [];
  for (const [id, own] of byAttempt) {
    const row = before.get(id);
    const from = onto === "stored" ? row?.state : undefined;
    states.push(own.reduce(attemptProjection.evolve, from ?? attemptProjection.initial(id)));
    if (own.some((e) => e.type === "attempt.beat" || e.type === "beat.promised")) {
      const life = { ...(row?.life ?? { attemptId: id }), beats: {} };
      lives.push(own.reduce(lifeProjection.evolve, life));
    }
  }
  const lifeOf = new Map<string, LifeSigns>();
  for (const row of known) if (row.life) lifeOf.set(row.id, { ...row.life, beats: {} });
  for (const life of lives) lifeOf.set(life.attemptId, life);
  await saveAttempts(db, states, lifeOf);
  await saveLives(db, lives);
  return { touched: [...ids, ...(await mention(db, events))] };
}

async function saveAttempts(
  db: Statements,
  states: readonly AttemptState[],
  lifeOf: ReadonlyMap<string, LifeSigns>,
): Promise<void> {
  const rows = states.map((state) => {
    const life = lifeOf.get(state.id);
    const view = viewAttempt({ state, ...(life && { life }) }, { nodeKey: "", number: 1, superseded: false });
    const job = state.facts.job?.value;
    return {
      id: state.id,
      parent: parentIdOf(state) ?? null,
      source: state.source ?? null,
      namespace: job ? indexable(job.namespace) : null,
      name: job ? indexable(job.name) : null,
      map_index: state.facts.mapIndex?.value ?? -1,
      status: view.status,
      started_at: isoOrNull(view.startedAt),
      ended_at: isoOrNull(view.endedAt),
      state,
    };
  });
  await db.$executeRaw`
    INSERT INTO attempt (id, run_id, parent_id, source, job_namespace, job_name, map_index, status, started_at, ended_at, state)
    SELECT r.id, r.id, r.parent, r.source, r.namespace, r.name, r.map_index, r.status, r.started_at, r.ended_at, r.state
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(
      id text, parent text, source text, namespace text, name text, map_index int, status text,
      started_at timestamptz, ended_at timestamptz, state jsonb)
    ON CONFLICT (id) DO UPDATE SET
      parent_id = COALESCE(EXCLUDED.parent_id, attempt.parent_id), source = EXCLUDED.source,
      job_namespace = EXCLUDED.job_namespace, job_name = EXCLUDED.job_name, map_index = EXCLUDED.map_index,
      status = EXCLUDED.status, started_at = EXCLUDED.started_at, ended_at = EXCLUDED.ended_at,
      state = EXCLUDED.state`;
}

async function saveLives(db: Statements, lives: readonly LifeSigns[]): Promise<void> {
  if (lives.length === 0) return;
  const rows = lives.map(({ beats: _, ...state }) => ({
    id: state.attemptId,
    interval_ms: state.intervalMs === undefined ? null : Math.round(state.intervalMs.value),
    received: isoOrNull(state.lastReceivedAt ?? state.intervalMs?.receivedAt),
    state,
  }));
  await db.$executeRaw`
    INSERT INTO life_sign (attempt_id, interval_ms, last_received_at, state)
    SELECT r.id, r.interval_ms, r.received, r.state
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id text, interval_ms int, received timestamptz, state jsonb)
    ON CONFLICT (attempt_id) DO UPDATE SET
      interval_ms = EXCLUDED.interval_ms, last_received_at = EXCLUDED.last_received_at, state = EXCLUDED.state`;

  const chunks = lives.flatMap((life) =>
    Object.entries(life.beats).map(([chunk, bits]) => ({ id: life.attemptId, chunk: Number(chunk), bits })),
  );
  if (chunks.length === 0) return;
  await db.$executeRaw`
    INSERT INTO beat_chunk (attempt_id, chunk, bits)
    SELECT r.id, r.chunk, r.bits::bit(720)
    FROM jsonb_to_recordset(${JSON.stringify(chunks)}::jsonb) AS r(id text, chunk int, bits text)
    ON CONFLICT (attempt_id, chunk) DO UPDATE SET bits = beat_chunk.bits | EXCLUDED.bits`;
}

/**
 * Makes rows for attempts that were only named, as a parent or a root, and remembers the root that their children
 * name for them: so a run is whole even where the events in between were lost.
 */
async function mention(db: Statements, events: readonly Event[]): Promise<string[]> {
  const hints = new Map<string, string | null>();
  for (const event of events) {
    if (event.type !== "attempt.observed") continue;
    const parent = event.parent?.attemptId;
    const root = event.root?.attemptId;
    const up = parent ?? root;
    if (up === undefined) continue;
    if (!hints.has(up)) hints.set(up, null);
    if (root === undefined) continue;
    if (!hints.has(root)) hints.set(root, null);
    for (const id of [event.attemptId, up]) {
      if (id === root) continue;
      const known = hints.get(id);
      if (known === undefined || known === null || root < known) hints.set(id, root);
    }
  }
  if (hints.size === 0) return [];
  const rows = [...hints].map(([id, hint]) => ({ id, hint, state: attemptProjection.initial(id) }));
  await db.$executeRaw`
    INSERT INTO attempt (id, run_id, root_hint, status, state)
    SELECT r.id, r.id, r.hint, 'waiting', r.state
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id text, hint text, state jsonb)
    ON CONFLICT (id) DO UPDATE SET root_hint = LEAST(attempt.root_hint, EXCLUDED.root_hint)
      -- A root is named by each of its children: writing it anew each time would cost more than all else.
      WHERE attempt.root_hint IS DISTINCT FROM LEAST(attempt.root_hint, EXCLUDED.root_hint)`;
  return [...hints.keys()];
}

function isoOrNull(at: Instant | undefined): string | null {
  return at === undefined ? null : toIso(at);
}
