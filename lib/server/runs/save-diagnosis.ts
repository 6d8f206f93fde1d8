import type { Instant } from "../../base/instant.ts";
import { runState } from "../../contract/diagnosis.ts";
import { fromWire } from "../../contract/instant.ts";
import { heldHistory } from "../../diagnosis/held-history.ts";
import type { Diagnosis } from "../../diagnosis/verdict.ts";
import type { RunView } from "../../projections/run-view.ts";
import type { Database } from "../database.ts";
import { indexable } from "../indexable.ts";
import { announce } from "../ingest/announce.ts";
import { countVerdictChanges } from "../metrics.ts";
import { judgeRun } from "./judge-run.ts";
import { saveSamples } from "./save-samples.ts";
import { severityOf, summarise } from "./summarise.ts";

/**
 * Judges a run and keeps the answer for the lists; asks for the next look at the instant at which time alone may
 * change it. Does nothing where the run is none any more.
 */
export async function saveDiagnosis(db: Database, runId: string): Promise<void> {
  const began = performance.now();
  const judged = await judgeRun(db, runId);
  if (!judged) return;
  const { run, diagnosis, at } = judged;
  const s = summarise(run, diagnosis, at);
  const date = (text: string | null) => (text === null ? null : new Date(fromWire(text)));
  const before = await db.run.findUnique({
    where: { id: runId },
    select: {
      ...{ rules: true, rule: true, certainty: true, blocker: true },
      ...{ state: true, diagnosedAt: true, stuckMs: true, heldBy: true },
    },
  });
  const data = {
    namespace: indexable(s.namespace),
    pipeline: indexable(s.pipeline),
    source: indexable(s.source),
    integration: s.integration,
    state: s.state,
    outcome: s.outcome,
    headline: s.headline,
    rule: s.rule,
    certainty: s.certainty,
    rules: [...new Set(diagnosis.verdicts.map((v) => v.rule))],
    blocker: s.blocker,
    waitsFor: [...diagnosis.waitsFor],
    holds: s.holds,
    command: s.command,
    severity: severityOf(diagnosis.state),
    since: date(s.since),
    endedAt: date(s.endedAt),
    lastSignAt: date(s.lastSignAt),
    nodesDone: s.nodesDone,
    nodesReused: s.nodesReused,
    nodesTotal: s.nodesTotal,
    strip: s.strip,
    ...(before && heldData(before, diagnosis)),
    cacheAsked: cacheAsked(run),
    diagnosedAt: new Date(at),
    diagnosisMs: Math.round(performance.now() - began),
    nextChangeAt: diagnosis.nextChangeAt === null ? null : new Date(diagnosis.nextChangeAt),
    ...(s.startedAt !== null && { startedAt: new Date(fromWire(s.startedAt)) }),
  };
  // Before the run is marked as judged: what is not kept now is kept the next time.
  if (before) await saveSamples(db, judged, (before.diagnosedAt?.getTime() ?? null) as Instant | null);
  await db.run.updateMany({ where: { id: runId }, data });
  if (before) countVerdictChanges(before, data);
  await announce(db, { runs: [runId], lists: true });
  const next = nextLook(diagnosis, at);
  if (next === null) return;
  await db.$executeRaw`
    SELECT graphile_worker.add_job('diagnose', json_build_object('runId', ${runId}::text),
      job_key := ${`deadline:${runId}`}::text, job_key_mode := 'replace',
      run_at := ${new Date(next + 20)}::timestamptz)`;
}

/** How it was held, with this look added. */
function heldData(
  row: { state: string; diagnosedAt: Date | null; stuckMs: number | null; heldBy: string[] },
  now: Diagnosis,
): { stuckMs: number | null; heldBy: string[] } {
  const { stuckMs, heldBy } = heldHistory(
    {
      state: runState.catch("unknown").parse(row.state),
      lookedAt: (row.diagnosedAt?.getTime() ?? undefined) as Instant | undefined,
      stuckMs: row.stuckMs ?? undefined,
      heldBy: row.heldBy,
    },
    now,
  );
  return { stuckMs: stuckMs ?? null, heldBy: [...heldBy] };
}

/** Nodes on whose latest attempt a cache decided, whatever it decided. */
function cacheAsked(run: RunView): number {
  return [...run.nodes.values()].filter((node) => node.current?.state.cache !== undefined).length;
}

/**
 * When to look again: as soon as time alone may change the answer, and before that whenever the durations in its
 * words would read otherwise ("silent for 11s"), which is the rarer the older they are.
 */
function nextLook({ since, nextChangeAt }: Diagnosis, at: Instant): Instant | null {
  if (since === null) return nextChangeAt;
  const age = at - since;
  const step =
    age < 2 * MINUTE
      ? 5_000
      : age < 60 * MINUTE
        ? MINUTE
        : age < 24 * 60 * MINUTE
          ? 10 * MINUTE
          : 60 * MINUTE;
  return Math.min(nextChangeAt ?? Number.POSITIVE_INFINITY, at + step) as Instant;
}

const MINUTE = 60_000;
