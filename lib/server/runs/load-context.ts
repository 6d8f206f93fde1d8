import { type Instant, LATEST, toIso } from "../../base/instant.ts";
import type { Context, SourceFacts } from "../../diagnosis/verdict.ts";
import { allNodes, type RunView } from "../../projections/run-view.ts";
import type { Statements } from "../database.ts";
import { readDeaf } from "../listening.ts";
import { Prisma } from "../prisma/client.ts";
import { type ClockSample, clockSample, estimateSkewMs, leastLagMs } from "./estimate-skew.ts";
import { loadHistory } from "./load-history.ts";
import { loadOriginals } from "./load-originals.ts";
import { loadOthers } from "./load-others.ts";
import { loadSamples } from "./load-samples.ts";
import type { Questions } from "./questions.ts";

/** Gathers what a diagnosis may look at besides the run: its nodes' earlier attempts, and its sources. */
export async function loadContext(
  db: Statements,
  run: RunView,
  questions: Questions,
  until: Instant,
  /** Whether that is now. */
  live: boolean,
): Promise<Context> {
  // Of the present all that is known counts: servers' clocks differ a little.
  const known = live ? LATEST : until;
  const [history, samples, sources, originals, others, deaf] = await Promise.all([
    loadHistory(db, run, questions.history),
    loadSamples(db, run, questions.samples, known),
    loadSourceFacts(
      db,
      questions.sources,
      until,
      live ? undefined : (source) => clockSamples(db, run, source, until),
    ),
    loadOriginals(db, questions.originals, known),
    loadOthers(db, run.id, questions.others, known, live),
    readDeaf(db),
  ]);
  return { history, samples, sources: live ? sources : asThen(sources, run), originals, others, deaf };
}

/** What is stored of a run's own attempts is of today: how they stood then is told by the run as it was known then. */
function asThen(sources: ReadonlyMap<string, SourceFacts>, run: RunView): Map<string, SourceFacts> {
  const own = allNodes(run).flatMap((node) => node.attempts);
  const ids = new Set(own.map(({ id }) => id));
  const beaten = own.flatMap(({ id, parentId, status, state, life }) => {
    const { intervalMs, lastReceivedAt = intervalMs?.receivedAt } = life;
    const isOpen = status === "waiting" || status === "running";
    if (!isOpen || !intervalMs || lastReceivedAt === undefined) return [];
    return [{ source: state.source, attemptId: id, parentId, intervalMs: intervalMs.value, lastReceivedAt }];
  });
  return new Map(
    [...sources].map(([name, facts]) => [
      name,
      {
        ...facts,
        beating: [
          ...facts.beating.filter((b) => !ids.has(b.attemptId)),
          ...beaten.flatMap(({ source, ...b }) => (source === name ? [b] : [])),
        ],
      },
    ]),
  );
}

/** How a source's clock stood to ours by what a run's own messages said until an instant, the latest first. */
async function clockSamples(
  db: Statements,
  run: RunView,
  source: string,
  until: Instant,
): Promise<ClockSample[]> {
  const ids = allNodes(run).flatMap((node) => node.attempts.map((a) => a.id));
  const rows = await db.$queryRaw<{ id: string; received: Date; occurred: Date }[]>`
    SELECT m.attempt_id AS id, m.received_at AS received, m.occurred_at AS occurred FROM message m
    WHERE m.attempt_id = ANY(${ids}::text[]) AND m.source = ${source} AND m.received_at <= ${toIso(until)}::timestamptz
    ORDER BY m.received_at DESC LIMIT 40`;
  const told = rows.map(({ id, received, occurred }) => ({
    ...{ id, at: occurred.getTime(), receivedAt: received.getTime() },
  }));
  // The latest comes first: behind each stand those that came before it.
  const known = new Map<string, (typeof told)[number]>();
  return told
    .toReversed()
    .map((one): ClockSample => {
      const first = known.get(one.id);
      if (!first) known.set(one.id, one);
      return clockSample({ first }, one);
    })
    .toReversed();
}

/** When an attempt `b` that has beaten since had last spoken by an instant, where its beats come by messages. */
function lastBeatenBy(until: Instant) {
  const at = Prisma.sql`${toIso(until)}::timestamptz`;
  return {
    last: Prisma.sql`CASE WHEN past.by_message THEN past.last ELSE b.last END`,
    join: Prisma.sql`
      CROSS JOIN LATERAL (
        SELECT max(m.received_at) FILTER (WHERE m.received_at <= ${at}) AS last,
          bool_or(m.type = 'RUNNING') AS by_message
        FROM message m WHERE m.attempt_id = b.id AND b.last > ${at}) AS past
      WHERE past.by_message IS NOT TRUE OR past.last IS NOT NULL`,
  };
}

/**
 * What is known of sources, by name, as far as they had been heard until an instant. Of a past one `earlier` is given:
 * when a source was last heard before it is looked up in the log, and so is when an attempt that has beaten since had
 * last beaten; where its beats came by no messages it is taken to have beaten then. Of their clocks only the newest
 * samples are kept: where all of them came later, `earlier` is asked for others.
 */
export async function loadSourceFacts(
  db: Statements,
  wantedNames: readonly string[],
  until: Instant,
  earlier?: (source: string) => Promise<ClockSample[]>,
): Promise<Map<string, SourceFacts>> {
  const rows = await db.$queryRaw<{ name: string; last: Date | null; samples: ClockSample[] }[]>`
    SELECT s.name, s.samples, CASE WHEN s.last_received_at <= ${toIso(until)}::timestamptz THEN s.last_received_at ELSE (
        SELECT max(m.received_at) FROM message m
        WHERE m.source = s.name AND m.received_at <= ${toIso(until)}::timestamptz) END AS last
    FROM source s WHERE s.name = ANY(${wantedNames}::text[])`;
  const then = earlier ? lastBeatenBy(until) : { last: Prisma.sql`b.last`, join: Prisma.empty };
  const beating = await db.$queryRaw<
    { source: string; id: string; parent_id: string | null; interval_ms: number; last: Date }[]
  >`
    SELECT s.name AS source, b.id, b.parent_id, b.interval_ms, ${then.last} AS last
    FROM unnest(${wantedNames}::text[]) AS s(name) CROSS JOIN LATERAL (
      SELECT a.id, a.parent_id, l.interval_ms, l.last_received_at AS last
      FROM attempt a JOIN life_sign l ON l.life_id = a.life_id
      WHERE a.source = s.name AND a.status IN ('waiting', 'running') AND l.interval_ms IS NOT NULL
      ORDER BY l.last_received_at DESC LIMIT 500) AS b ${then.join}`;
  const facts = new Map<string, SourceFacts>();
  for (const name of wantedNames) {
    const row = rows.find((r) => r.name === name);
    const known = row?.samples.filter(([received]) => received <= until) ?? [];
    const samples = known.length === 0 && row && earlier ? await earlier(name) : known;
    facts.set(name, {
      name,
      lastReceivedAt: row?.last ? (row.last.getTime() as Instant) : null,
      skewMs: estimateSkewMs(samples),
      leastLagMs: leastLagMs(samples),
      beating: beating
        .filter((b) => b.source === name)
        .map((b) => ({
          attemptId: b.id,
          parentId: b.parent_id ?? undefined,
          intervalMs: b.interval_ms,
          lastReceivedAt: Math.min(b.last.getTime(), until) as Instant,
        })),
    });
  }
  return facts;
}
