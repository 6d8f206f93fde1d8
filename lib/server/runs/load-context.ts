import { NO_BEATS } from "../../base/bitmap.ts";
import { type Instant, toIso } from "../../base/instant.ts";
import { sampleOf } from "../../diagnosis/baseline.ts";
import type { Context, PastAttempt, SourceFacts } from "../../diagnosis/verdict.ts";
import { type AttemptState, columnsOf } from "../../projections/attempt-state.ts";
import { viewAttempt } from "../../projections/attempt-view.ts";
import type { LifeSigns } from "../../projections/life-signs.ts";
import { unpackLife } from "../../projections/packed-life.ts";
import { isSettled, type NodeView, type RunView, type WideEdge } from "../../projections/run-view.ts";
import type { Statements } from "../database.ts";
import { indexable } from "../indexable.ts";
import { readDeaf } from "../listening.ts";
import { estimateSkewMs } from "./estimate-skew.ts";
import { loadOriginals } from "./load-originals.ts";
import { loadOthers } from "./load-others.ts";
import { loadSamples } from "./load-samples.ts";

/** How many earlier attempts of a node are looked at: enough for a median, and for five that make a rhythm. */
export const HISTORY = 8;

/** Gathers what a diagnosis may look at besides the run: its nodes' earlier attempts, and its sources. */
export async function loadContext(
  db: Statements,
  run: RunView,
  until: Instant,
  /** Whether that is now. */
  live: boolean,
  /** A node that is looked at whatever state it is in. */
  asked?: string,
): Promise<Context> {
  const [history, samples, sources, originals, others, deaf] = await Promise.all([
    loadHistory(db, run),
    loadSamples(db, run, until, asked),
    loadSources(db, run, until),
    loadOriginals(db, run, until),
    loadOthers(db, run, until, live),
    readDeaf(db),
  ]);
  return { history, samples, sources, originals, others, deaf };
}

interface Wanted {
  key: string;
  namespace: string;
  name: string;
  map_index: number;
}

/** Nodes that a past attempt can say something of: those not settled, and those that the cache was asked for. */
function wanted(run: RunView): Wanted[] {
  const nodes = run.nodes.has(run.root.key) ? [run.root] : [run.root, ...run.nodes.values()];
  const settled = new Map(run.wideEdges.map((edge) => [edge, areSettled(edge.from, run)]));
  return nodes.filter((n) => isOfInterest(n, run, settled)).flatMap((n) => namesOf(n, run));
}

/** A planned node is asked for only once it could start: what still waits is judged by what it waits for. */
function isOfInterest(node: NodeView, run: RunView, settled: ReadonlyMap<WideEdge, boolean>): boolean {
  if (node.current?.state.cache || (node.status === "failed" && node.current?.state.columns)) return true;
  if (node.status !== "planned") return !isSettled(node.status);
  return areSettled(node.upstream, run) && node.wideUpstream.every((edge) => settled.get(edge));
}

function areSettled(keys: readonly string[], run: RunView): boolean {
  return keys.every((key) => isSettled(run.nodes.get(key)?.status ?? "completed"));
}

/** The job names under which earlier runs may have known a node; a planned one has none of its own yet. */
function namesOf(node: NodeView, run: RunView): Wanted[] {
  const { key } = node;
  const job = node.current?.job;
  const map_index = node.current?.state.facts.mapIndex?.value ?? -1;
  if (job) return [{ key, namespace: indexable(job.namespace), name: indexable(job.name), map_index }];
  const namespace = indexable(run.pipeline.namespace);
  const guesses = [`${run.pipeline.name}.${node.label}`, node.label];
  return guesses.map((guess) => ({ key, namespace, name: indexable(guess), map_index }));
}

async function loadHistory(db: Statements, run: RunView): Promise<Map<string, PastAttempt[]>> {
  const asked = wanted(run);
  const history = new Map<string, PastAttempt[]>();
  if (asked.length === 0) return history;
  // What ended after this run began cannot be what this run might have reused or what it repeats.
  const until = run.startedAt === undefined ? null : toIso((run.startedAt + 1000) as Instant);
  const rows = await db.$queryRaw<
    { key: string; run_id: string; state: AttemptState; signs: Uint8Array | null }[]
  >`
    SELECT w.key, past.run_id, past.state, l.signs
    FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) AS w(key text, namespace text, name text, map_index int)
    CROSS JOIN LATERAL (
      SELECT a.id, a.run_id, a.state FROM attempt a
      WHERE a.job_namespace = w.namespace AND a.job_name = w.name AND a.map_index = w.map_index
        AND a.run_id <> ${run.id} AND a.ended_at IS NOT NULL
        AND (${until}::timestamptz IS NULL OR a.ended_at <= ${until}::timestamptz)
      ORDER BY a.ended_at DESC LIMIT ${HISTORY}) AS past
    LEFT JOIN life_sign l ON l.attempt_id = past.id`;
  for (const row of rows) {
    const { signs, ...told } = row;
    const past = pastAttempt({ ...told, life: signs && unpackLife(row.state.id, signs) });
    if (!past) continue;
    const list = history.get(row.key);
    if (list) list.push(past);
    else history.set(row.key, [past]);
  }
  return history;
}

/** What a past attempt at a node tells; undefined where it has not ended. */
export function pastAttempt(row: {
  run_id: string;
  state: AttemptState;
  life: LifeSigns | null;
}): PastAttempt | undefined {
  const { state } = row;
  const life = row.life ? { ...row.life, beats: NO_BEATS } : undefined;
  const place = { nodeKey: "", number: 1, superseded: false };
  const view = viewAttempt({ state, ...(life && { life }) }, place);
  const { status, endedAt } = view;
  if (endedAt === undefined || status === "waiting" || status === "running" || status === "superseded")
    return undefined;
  return {
    attemptId: state.id,
    runId: row.run_id,
    outcome: status,
    reused: view.reused,
    startedAt: view.startedAt ?? null,
    endedAt,
    wrote: Object.entries(state.outputs).flatMap(([key, output]) => (output.written ? [key] : [])),
    cacheKey: state.cache?.key?.value ?? null,
    cacheComponents: state.cache?.components?.value ?? [],
    cacheStatus: state.cache?.status.value ?? null,
    inputColumns: columnsOf(state, "input"),
    beatIntervalMs: life?.intervalMs?.value ?? null,
    sample: sampleOf(view, row.run_id, null) ?? null,
  };
}

/**
 * The run's sources, as far as they had been heard until the instant that is asked about. When a source was last
 * heard before it is looked up in the log; an attempt that has beaten since is taken to have beaten then.
 */
async function loadSources(db: Statements, run: RunView, until: Instant): Promise<Map<string, SourceFacts>> {
  const names = new Set([run.source]);
  for (const node of run.nodes.values())
    for (const a of node.attempts) if (a.state.source) names.add(a.state.source);
  return loadSourceFacts(db, [...names], until, (source) => clockSamples(db, run, source, until));
}

/** How a source's clock stood to ours by what a run's own messages said until an instant, the latest first. */
async function clockSamples(
  db: Statements,
  run: RunView,
  source: string,
  until: Instant,
): Promise<[number, number][]> {
  const ids = [run.root, ...run.nodes.values()].flatMap((node) => node.attempts.map((a) => a.id));
  const rows = await db.$queryRaw<{ received: Date; occurred: Date }[]>`
    SELECT m.received_at AS received, m.occurred_at AS occurred FROM message m
    WHERE m.attempt_id = ANY(${ids}::text[]) AND m.source = ${source} AND m.received_at <= ${toIso(until)}::timestamptz
    ORDER BY m.received_at DESC LIMIT 40`;
  return rows.map(({ received, occurred }) => [received.getTime(), occurred.getTime()]);
}

/**
 * What is known of sources, by name, as far as they had been heard until an instant. Of their clocks only the newest
 * samples are kept: where all of them came later, `earlier` is asked for others.
 */
export async function loadSourceFacts(
  db: Statements,
  wantedNames: readonly string[],
  until: Instant,
  earlier: (source: string) => Promise<[number, number][]> = async () => [],
): Promise<Map<string, SourceFacts>> {
  const rows = await db.$queryRaw<{ name: string; last: Date | null; samples: [number, number][] }[]>`
    SELECT s.name, s.samples, CASE WHEN s.last_received_at <= ${toIso(until)}::timestamptz THEN s.last_received_at ELSE (
        SELECT max(m.received_at) FROM message m
        WHERE m.source = s.name AND m.received_at <= ${toIso(until)}::timestamptz) END AS last
    FROM source s WHERE s.name = ANY(${wantedNames}::text[])`;
  const beating = await db.$queryRaw<{ source: string; id: string; interval_ms: number; last: Date }[]>`
    SELECT s.name AS source, b.id, b.interval_ms, b.last
    FROM unnest(${wantedNames}::text[]) AS s(name) CROSS JOIN LATERAL (
      SELECT a.id, l.interval_ms, l.last_received_at AS last
      FROM attempt a JOIN life_sign l ON l.attempt_id = a.id
      WHERE a.source = s.name AND a.status IN ('waiting', 'running') AND l.interval_ms IS NOT NULL
      ORDER BY l.last_received_at DESC LIMIT 500) AS b`;
  const facts = new Map<string, SourceFacts>();
  for (const name of wantedNames) {
    const row = rows.find((r) => r.name === name);
    const known = row?.samples.filter(([received]) => received <= until) ?? [];
    const samples = known.length === 0 && row ? await earlier(name) : known;
    facts.set(name, {
      name,
      lastReceivedAt: row?.last ? (row.last.getTime() as Instant) : null,
      skewMs: estimateSkewMs(samples),
      beating: beating
        .filter((b) => b.source === name)
        .map((b) => ({
          attemptId: b.id,
          intervalMs: b.interval_ms,
          lastReceivedAt: Math.min(b.last.getTime(), until) as Instant,
        })),
    });
  }
  return facts;
}
