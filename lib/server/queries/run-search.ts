import { OPEN_STATES } from "../../contract/diagnosis.ts";
import { now } from "../clock.ts";
import { database } from "../database.ts";
import { Prisma } from "../prisma/client.ts";
import { knownNames } from "./known-names.ts";
import type { RunRow } from "./run-row.ts";

/** Of so many of the newest runs that the filters let through, all is searched. */
const NEWEST = 2_000;
/** Names are read again after this, ms. What was first heard of since is among the newest runs. */
const NAMES_AGE_MS = 5_000;
/** Of so many job names that match, the pipelines are looked up, each by so many of its latest attempts. */
const MOST_JOBS = 100;
const LATEST = 5;

export interface Search {
  readonly text: string;
  readonly conditions: readonly Prisma.Sql[];
  readonly limit: number;
}

/**
 * The runs in which a text occurs, newest first: of the newest in the names of pipeline and steps, the id and the
 * headline. Among older ones it finds pipelines and steps by name, ids by their beginning, and headlines of what is
 * still open: that takes no longer for a million runs than for a thousand.
 */
export async function searchRuns(search: Search, newest = NEWEST): Promise<RunRow[]> {
  const text = search.text.toLowerCase();
  const { pipelines, jobs, complete } = await knownNames(now(), NAMES_AGE_MS);
  const has = (name: string): boolean => name.toLowerCase().includes(text);
  const named = jobs.filter(({ name }) => has(name));
  const wanted = { ...search, like: likeOf(search.text), bySteps: named.length > 0 || !complete };
  const first = await searchNewest(wanted, newest);
  if (first.length >= search.limit) return first;
  const [last] = await database().$queryRaw<{ started_at: Date; id: string }[]>`
    SELECT started_at, id FROM run WHERE ${all(search.conditions)}
    ORDER BY started_at DESC, id DESC OFFSET ${newest - 1} LIMIT 1`;
  if (!last) return first;
  const before = Prisma.sql`(started_at, id) < (${last.started_at.toISOString()}::timestamptz, ${last.id})`;
  const older = await searchOlder(
    { ...wanted, conditions: [...search.conditions, before], limit: search.limit - first.length },
    pipelines.filter(has),
    named.slice(0, MOST_JOBS),
  );
  return [...first, ...older];
}

interface Wanted extends Search {
  readonly like: string;
  readonly bySteps: boolean;
}

function searchNewest({ like, bySteps, conditions, limit }: Wanted, newest: number): Promise<RunRow[]> {
  const step = bySteps ? Prisma.sql`OR ${hasStep(like)}` : Prisma.empty;
  return database().$queryRaw<RunRow[]>`
    SELECT * FROM (
      SELECT * FROM run WHERE ${all(conditions)} ORDER BY started_at DESC, id DESC LIMIT ${newest}) AS run
    WHERE pipeline ILIKE ${like} OR id ILIKE ${like} OR headline ILIKE ${like} ${step}
    ORDER BY started_at DESC, id DESC LIMIT ${limit}`;
}

async function searchOlder(
  { text, like, conditions, limit }: Wanted,
  pipelines: readonly string[],
  jobs: readonly { readonly namespace: string; readonly name: string }[],
): Promise<RunRow[]> {
  const own = Prisma.sql`${all(conditions)} ORDER BY started_at DESC, id DESC LIMIT ${limit}`;
  return database().$queryRaw<RunRow[]>`
    WITH job AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(jobs)}::jsonb) AS job(namespace text, name text)),
    stepped AS (
      SELECT DISTINCT run.namespace, run.pipeline FROM job CROSS JOIN LATERAL (
        SELECT run_id FROM attempt
        WHERE job_namespace = job.namespace AND job_name = job.name ORDER BY ended_at DESC LIMIT ${LATEST}) AS late
      JOIN run ON run.id = late.run_id
      WHERE run.pipeline <> ALL(${pipelines}::text[])),
    still_open AS MATERIALIZED (
      SELECT id FROM run
      WHERE state = ANY(${OPEN_STATES}::text[]) AND headline ILIKE ${like}),
    found AS (
      SELECT hit.id FROM unnest(${pipelines}::text[]) AS named(name) CROSS JOIN LATERAL (
        SELECT id FROM run WHERE pipeline = named.name AND ${own}) AS hit
      UNION
      SELECT hit.id FROM stepped CROSS JOIN LATERAL (
        SELECT id FROM run
        WHERE run.namespace = stepped.namespace AND run.pipeline = stepped.pipeline AND ${hasStep(like)} AND ${own}) AS hit
      UNION
      SELECT id FROM still_open
      UNION
      SELECT id FROM run WHERE id LIKE ${`${likeOf(text.toLowerCase()).slice(1)}`})
    SELECT * FROM run WHERE id IN (SELECT id FROM found) AND ${own}`;
}

function hasStep(like: string): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT 1 FROM attempt a WHERE a.run_id = run.id AND a.job_name ILIKE ${like})`;
}

function all(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  return Prisma.join([Prisma.sql`TRUE`, ...conditions], " AND ");
}

function likeOf(text: string): string {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}
