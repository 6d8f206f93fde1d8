import type { Instant } from "../../base/instant.ts";
import { storableText } from "../../base/storable-text.ts";
import { OPEN_STATES } from "../../contract/diagnosis.ts";
import { toWire } from "../../contract/instant.ts";
import type { SourceDetail, SourceHour, SourceList, SourceSummary } from "../../contract/sources.ts";
import { defaultPolicy } from "../../diagnosis/policy.ts";
import { policyOfAll } from "../../diagnosis/policy-overrides.ts";
import { sourceStanding } from "../../diagnosis/source-facts.ts";
import { now } from "../clock.ts";
import { type Database, database } from "../database.ts";
import { indexable } from "../indexable.ts";
import { loadSourceFacts } from "../runs/load-context.ts";
import { readOverrides } from "./overrides.ts";
import { latestOf } from "./source-messages.ts";

const HOUR_MS = 3_600_000;
const DAY = 24;
const WEEK = 7 * DAY;

/** The most sources that a page lists. */
const MOST = 500;

/** From here on a name is stored cut (indexable), and may be that of a source that is listed whole. */
const LONGEST = 300;

interface SourceRow {
  name: string;
  integration: string | null;
  first: Date | null;
  last: Date | null;
}

interface HourRow {
  source: string;
  hour: number;
  accepted: number;
  duplicate: number;
  noted: number;
  refused: number;
  beats: number;
}

/** Every source that was heard of, those of which all was refused included. */
export async function listSources(): Promise<SourceList> {
  const db = database();
  const at = now();
  const rows = await db.$queryRaw<(SourceRow & { total: number })[]>`
    SELECT name, integration, first, last, (count(*) OVER ())::int AS total FROM (
      SELECT name, integration, first_received_at AS first, last_received_at AS last, last_received_at AS ranked FROM source
      UNION ALL
      SELECT r.source, NULL, NULL, NULL, max(r.at) FROM refusal r
      WHERE NOT EXISTS (SELECT 1 FROM source s WHERE s.name = r.source) AND char_length(r.source) < ${LONGEST}
      GROUP BY r.source) AS known
    ORDER BY ranked DESC, name LIMIT ${MOST}`;
  const sources = await summaries(db, rows, at);
  return { sources: sources.sort(byNeed), total: rows[0]?.total ?? 0, at: toWire(at) };
}

/** One source with what it sent of late. Null where nothing of that name was ever heard. */
export async function readSource(name: string): Promise<SourceDetail | null> {
  const db = database();
  const at = now();
  const asked = storableText(name);
  const stored = await db.$queryRaw<SourceRow[]>`
    SELECT name, integration, first_received_at AS first, last_received_at AS last FROM source WHERE name = ${asked}`;
  const [hours, notes, refusals, { messages, producer }] = await Promise.all([
    hoursOf(db, [asked], at, WEEK),
    db.sourceNote.findMany({ where: { source: indexable(asked) }, orderBy: { id: "desc" }, take: 200 }),
    db.refusal.findMany({ where: { source: indexable(asked) }, orderBy: { id: "desc" }, take: 200 }),
    latestOf(db, asked),
  ]);
  const known = stored[0] ?? { name: asked, integration: null, first: null, last: null };
  if (stored.length === 0 && hours.length === 0 && refusals.length === 0) return null;
  const [summary] = await summaries(db, [known], at);
  if (!summary) return null;
  return {
    summary,
    producer,
    week: everyHour(hours, at, WEEK),
    messages,
    notes: notes.map((note) => ({
      at: wire(note.at),
      attemptId: note.attemptId,
      path: note.path,
      reason: note.reason,
      eventId: note.messageId,
    })),
    refusals: refusals.map(({ id, at: when, status, path, reason, body }) => ({
      ...{ id: String(id), at: wire(when), status, path, reason, body },
    })),
    at: toWire(at),
  };
}

async function summaries(db: Database, rows: readonly SourceRow[], at: Instant): Promise<SourceSummary[]> {
  const names = rows.map((row) => row.name);
  const [facts, overrides, hours, open] = await Promise.all([
    loadSourceFacts(db, names, at),
    readOverrides(db),
    hoursOf(db, names, at, DAY),
    db.$queryRaw<{ source: string; open: number }[]>`
      SELECT source, count(*)::int AS open FROM run
      WHERE state = ANY(${OPEN_STATES}::text[])
        AND source = ANY(${names.map(indexable)}::text[])
      GROUP BY source`,
  ]);
  const policy = policyOfAll(overrides, defaultPolicy);
  const openOf = new Map(open.map((row) => [row.source, row.open]));
  const hoursBySource = Map.groupBy(hours, (hour) => hour.source);
  return rows.map(({ name, integration, first, last }) => {
    const own = facts.get(name) ?? { name, lastReceivedAt: null, skewMs: 0, beating: [] };
    const { state, lastHeardAt, rhythms } = sourceStanding(own, at, policy);
    return {
      ...{ name, integration, state, rhythms },
      firstReceivedAt: first && wire(first),
      lastReceivedAt: toWire(lastHeardAt) ?? (last && wire(last)),
      skewSeconds: own.skewMs / 1000,
      openRuns: openOf.get(indexable(name)) ?? 0,
      hours: everyHour(hoursBySource.get(indexable(name)) ?? [], at, DAY),
    };
  });
}

async function hoursOf(
  db: Database,
  names: readonly string[],
  at: Instant,
  count: number,
): Promise<HourRow[]> {
  return db.$queryRaw<HourRow[]>`
    SELECT source, hour, accepted, duplicate, noted, refused, beats::float8 AS beats FROM source_hour
    WHERE source = ANY(${names.map(indexable)}::text[]) AND hour > ${hourOf(at) - count}`;
}

function everyHour(rows: readonly HourRow[], at: Instant, count: number): SourceHour[] {
  const byHour = new Map(rows.map((row) => [row.hour, row]));
  const last = hourOf(at);
  return Array.from({ length: count }, (_, n) => {
    const hour = last - count + 1 + n;
    const { accepted = 0, duplicate = 0, noted = 0, refused = 0, beats = 0 } = byHour.get(hour) ?? {};
    return { at: toWire((hour * HOUR_MS) as Instant), accepted, duplicate, noted, refused, beats };
  });
}

/** What asks for somebody first; the database gave them as they were last heard, and the sort is stable. */
function byNeed(a: SourceSummary, b: SourceSummary): number {
  return needOf(b) - needOf(a);
}

function needOf({ state, hours }: SourceSummary): number {
  if (state === "dark") return 2;
  return hours.some(({ refused }) => refused > 0) ? 1 : 0;
}

function hourOf(at: Instant): number {
  return Math.floor(at / HOUR_MS);
}

function wire(date: Date): string {
  return toWire(date.getTime() as Instant);
}
