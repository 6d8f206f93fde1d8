import { type Instant, toIso } from "../../base/instant.ts";
import { defaultPolicy } from "../../diagnosis/policy.ts";
import { policyOfRun } from "../../diagnosis/policy-overrides.ts";
import { isDark } from "../../diagnosis/source-facts.ts";
import type { Statements } from "../database.ts";
import { engineMark } from "../engine-mark.ts";
import { unpackBody } from "../ingest/stored-body.ts";
import { readOverrides } from "../queries/overrides.ts";
import { type Grounds, readStanding, type Standing } from "./grounds.ts";
import type { Basis } from "./keep-diagnosis.ts";
import { loadSourceFacts } from "./load-context.ts";

/** Postgres compares its transactions' numbers as long as fewer than two thousand million lie between. */
const MOST_TRANSACTIONS = 1_000_000_000;

/**
 * The answer that was kept for a run, as the JSON of our wire, where it is the one that would be given now; undefined
 * where there is none, or where anything that it rests on may have changed. What was committed before it is asked for
 * is seen.
 */
export async function keptDiagnosis(
  db: Statements,
  runId: string,
  now: Instant,
): Promise<string | undefined> {
  const engine = engineMark();
  if (engine === undefined) return undefined;
  const [kept] = await db.$queryRaw<(Omit<Basis, "until"> & { body: Uint8Array })[]>`
    SELECT horizon, attempts, grounds, body FROM diagnosis
    WHERE run_id = ${runId} AND engine = ${engine} AND at <= ${toIso(now)}::timestamptz
      AND (holds_until IS NULL OR holds_until > ${toIso(now)}::timestamptz)
      AND pg_snapshot_xmin(pg_current_snapshot())::text::bigint - horizon < ${MOST_TRANSACTIONS}`;
  return kept && (await restsOnTheSame(db, kept, now)) ? unpackBody(kept.body) : undefined;
}

/** Whether all that an answer rests on is as it was, save time. */
export async function restsOnTheSame(
  db: Statements,
  basis: Omit<Basis, "until">,
  now: Instant,
): Promise<boolean> {
  const { lookedAt, standing } = basis.grounds;
  const [isSame, current] = await Promise.all([isUnwritten(db, basis), readStanding(db, lookedAt)]);
  return isSame && current.hash === standing.hash && (await sourcesHold(db, basis.grounds, current, now));
}

/** Whether nothing was written of the run's attempts since they were read, nor one of them has left. */
async function isUnwritten(
  db: Statements,
  { horizon, attempts, grounds }: Omit<Basis, "until">,
): Promise<boolean> {
  const since = String(BigInt.asUintN(32, horizon));
  const rows = await db.$queryRaw<{ total: number; written: number }[]>`
    SELECT count(*)::int AS total,
      (count(*) FILTER (WHERE age(a.xmin) <= age(${since}::xid) OR age(l.xmin) <= age(${since}::xid)))::int AS written
    FROM attempt a LEFT JOIN life_sign l ON l.life_id = a.life_id
    WHERE a.run_id = ${grounds.lookedAt.runId}`;
  return rows[0]?.total === attempts && rows[0].written === 0;
}

/** Whether what is known of the run's sources still leads to the same answer. */
async function sourcesHold(
  db: Statements,
  { news, standing, lookedAt }: Grounds,
  current: Standing,
  now: Instant,
): Promise<boolean> {
  const heard = news.filter(({ name }) => current.sources[name] !== standing.sources[name]);
  const unheard = news.filter((source) => !heard.includes(source));
  // One that goes dark without a word does so at an instant that was known.
  if (unheard.some((source) => !source.dark && source.darkFrom !== null && now >= source.darkFrom))
    return false;
  if (heard.some((source) => source.dark || source.matters)) return false;
  if (heard.length === 0) return true;
  const names = heard.map((source) => source.name);
  const [overrides, facts] = await Promise.all([readOverrides(db), loadSourceFacts(db, names, now)]);
  const policy = policyOfRun(lookedAt.pipeline, overrides, defaultPolicy).run.values;
  return heard.every(({ name, skewSeconds }) => {
    const known = facts.get(name);
    return known && Math.round(known.skewMs / 1000) === skewSeconds && !isDark(known, now, policy);
  });
}
