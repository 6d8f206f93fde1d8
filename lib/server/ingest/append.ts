import { type Instant, toIso } from "../../base/instant.ts";
import type { Event } from "../../events/event.ts";
import type { Database, Statements } from "../database.ts";
import type { Accepted, AcceptedBeats } from "./accepted.ts";
import { foldAttempts } from "./fold-attempts.ts";
import { lockIngest } from "./lock-ingest.ts";
import { resolveRuns } from "./resolve-runs.ts";
import { touchSources } from "./touch-sources.ts";

/**
 * Appends messages to the log and folds them, and beats, into the projections, in one transaction. When it returns,
 * all of it is committed; when it throws, none of it is. A message that is in the log already changes nothing. Gives
 * those that were not.
 */
export async function append(
  db: Database,
  messages: readonly Accepted[],
  beats: readonly AcceptedBeats[],
  at: Instant,
): Promise<readonly Accepted[]> {
  return db.$transaction(
    async (tx) => {
      await lockIngest(tx);
      const fresh = await insertMessages(tx, messages);
      const events: Event[] = fresh.flatMap((m) => m.events);
      for (const { events: own } of beats) events.push(...own);
      if (events.length === 0) return fresh;
      const { touched } = await foldAttempts(tx, events);
      const { runs, gone } = await resolveRuns(tx, touched);
      await touchSources(tx, events);
      await touchRuns(tx, runs, gone, at);
      return fresh;
    },
    { timeout: 60_000, maxWait: 30_000 },
  );
}

/** Adds messages to the log, and gives those that were not in it: what is folded is what the log has, no more. */
async function insertMessages(db: Statements, messages: readonly Accepted[]): Promise<Accepted[]> {
  if (messages.length === 0) return [];
  // The same message twice in one batch: the first receipt counts.
  const unique = [...new Map(messages.toReversed().map((m) => [m.id, m])).values()].reverse();
  const inserted = await db.$queryRaw<{ id: string }[]>`
    INSERT INTO message (id, source, type, attempt_id, occurred_at, received_at, body, events)
    SELECT * FROM unnest(
      ${unique.map((m) => m.id)}::uuid[], ${unique.map((m) => m.source)}::text[],
      ${unique.map((m) => m.type)}::text[], ${unique.map((m) => m.attemptId)}::text[],
      ${unique.map((m) => toIso(m.occurredAt))}::timestamptz[], ${unique.map((m) => toIso(m.receivedAt))}::timestamptz[],
      ${unique.map((m) => m.body)}::text[], ${unique.map((m) => JSON.stringify(m.events))}::jsonb[])
    ON CONFLICT (id) DO NOTHING
    RETURNING id`;
  const fresh = new Set(inserted.map((row) => row.id));
  return unique.filter((m) => fresh.has(m.id));
}

/** Shows new runs at once, forgets those that turned out to be parts of others, and asks for a diagnosis of each. */
export async function touchRuns(
  db: Statements,
  runs: readonly string[],
  gone: readonly string[],
  at: Instant,
): Promise<void> {
  if (gone.length > 0) {
    await db.$executeRaw`
      DELETE FROM run r WHERE r.id = ANY(${gone}::text[])
        AND NOT EXISTS (SELECT 1 FROM attempt a WHERE a.run_id = r.id)`;
  }
  if (runs.length === 0) return;
  await db.$executeRaw`
    INSERT INTO run (id, namespace, pipeline, source, state, headline, started_at, rules)
    SELECT a.id, COALESCE(a.job_namespace, a.source, 'unknown'), COALESCE(a.job_name, a.id),
      COALESCE(a.source, 'unknown'), 'progressing', 'Just arrived: not looked at yet.',
      COALESCE(a.started_at, ${toIso(at)}::timestamptz), '{}'
    FROM attempt a WHERE a.id = ANY(${runs}::text[]) AND a.run_id = a.id
    ON CONFLICT (id) DO NOTHING`;
  // A diagnosis that takes long is asked for less often, so that it never takes more than a part of the time.
  await db.$executeRaw`
    SELECT count(*) FROM graphile_worker.add_jobs((
      SELECT array_agg(ROW('diagnose', json_build_object('runId', r.id), NULL,
        now() + interval '1 millisecond' * GREATEST(250, 4 * r.diagnosis_ms),
        NULL, 'diagnose:' || r.id, NULL, NULL)::graphile_worker.job_spec)
      FROM run r WHERE r.id = ANY(${runs}::text[])), job_key_preserve_run_at := true)`;
}
