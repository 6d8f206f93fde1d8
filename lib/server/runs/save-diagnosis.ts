import type { Instant } from "../../base/instant.ts";
import { runState } from "../../contract/diagnosis.ts";
import { fromWire } from "../../contract/instant.ts";
import { heldHistory } from "../../diagnosis/held-history.ts";
import type { Diagnosis } from "../../diagnosis/verdict.ts";
import { type VerdictChange, verdictChanges } from "../../diagnosis/verdict-changes.ts";
import type { RunView } from "../../projections/run-view.ts";
import type { Database, Statements, Transaction } from "../database.ts";
import { indexable } from "../indexable.ts";
import { announce } from "../ingest/announce.ts";
import { countVerdictChanges } from "../metrics.ts";
import { readOpenVerdicts } from "../queries/open-verdicts.ts";
import { basisOf, isOutdated, judgeWatched, keepDiagnosis, type Watched } from "./keep-diagnosis.ts";
import { lookAhead, nextLook } from "./next-look.ts";
import { recentJudgement } from "./recent-judgement.ts";
import { saveSamples } from "./save-samples.ts";
import { endOfLog, saveVerdictChanges } from "./save-verdict-changes.ts";
import { severityOf, summarise } from "./summarise.ts";

/**
 * Judges a run and keeps the answer for the lists, with what it says otherwise than the one before; asks for the next
 * look at the instant at which time alone may change it. Does nothing where the run is none any more.
 *
 * Several servers may be asked to do this to one run at once: events and deadlines are jobs of their own. They do it
 * one after the other, so that each change is told once, and nothing older is stored over what is newer.
 */
export async function saveDiagnosis(db: Database, runId: string): Promise<void> {
  const done = await db.$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`diagnosis ${runId}`}, 0))`;
      return judgeAndSave(db, tx, runId);
    },
    { timeout: 120_000, maxWait: 60_000 },
  );
  countVerdictChanges(done?.changes ?? []);
  if (!done) return;
  const { watched } = done;
  const basis = basisOf(watched);
  if (!basis) return;
  recentJudgement().renew(watched.judged, basis);
  // By itself, and last: it is for whoever asks next, and no other work waits for its row.
  await keepDiagnosis(db, watched.judged, basis);
}

interface Saved {
  readonly changes: readonly VerdictChange[];
  readonly watched: Watched;
}

/** Reads by `db`, as many statements at once as there are connections; writes by `tx`, which holds the lock. */
async function judgeAndSave(db: Database, tx: Transaction, runId: string): Promise<Saved | undefined> {
  const began = performance.now();
  const before = await tx.run.findUnique({
    where: { id: runId },
    select: {
      ...{ logPosition: true, diagnosedAt: true, endedAt: true },
      ...{ state: true, stuckMs: true, heldBy: true },
    },
  });
  if (!before) return undefined;
  const open = await readOpenVerdicts(tx, runId);
  const { position: logPosition, horizon } = await endOfLog(tx);
  const watched = await judgeWatched(db, runId, horizon);
  if (!watched) return undefined;
  const { judged } = watched;
  const { run, diagnosis, at, policyOf } = judged;
  const changes = verdictChanges(open, {
    run,
    diagnosis,
    policyOf,
    lookedAt: before.diagnosedAt === null ? null : (before.diagnosedAt.getTime() as Instant),
    hadEnded: before.endedAt !== null,
  });
  const s = summarise(judged);
  const date = (text: string | null) => (text === null ? null : new Date(fromWire(text)));
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
    ...heldData(before, diagnosis),
    cacheAsked: cacheAsked(run),
    logPosition,
    diagnosedAt: new Date(at),
    diagnosisMs: Math.round(performance.now() - began),
    nextChangeAt: diagnosis.nextChangeAt === null ? null : new Date(diagnosis.nextChangeAt),
    ...(s.startedAt !== null && { startedAt: new Date(fromWire(s.startedAt)) }),
  };
  // Before the run is marked as judged: what is not kept now is kept the next time.
  await saveSamples(db, judged, (before.diagnosedAt?.getTime() ?? null) as Instant | null);
  const { count } = await tx.run.updateMany({ where: { id: runId }, data });
  // It has become a part of another run meanwhile.
  if (count === 0) return undefined;
  await saveVerdictChanges(tx, runId, at, changes, {
    from: before.logPosition,
    to: (await endOfLog(tx)).position,
  });
  await announce(tx, { runs: [runId], lists: true });
  await askAgain(tx, runId, await nextLookAt(db, watched));
  return { changes, watched };
}

/** When to judge the run again if nothing is told of it. An answer that would be another by now is made anew soon. */
async function nextLookAt(db: Database, watched: Watched): Promise<Instant | null> {
  const { diagnosis, at } = watched.judged;
  if (!watched.seen) return nextLook(diagnosis, at);
  if (await isOutdated(db, watched)) return (at + REST_TIMES * watched.took) as Instant;
  return lookAhead(diagnosis, watched.took);
}

/** A run that is judged twice in a row rests so many times as long as a look takes. */
const REST_TIMES = 5;

async function askAgain(db: Statements, runId: string, at: Instant | null): Promise<void> {
  if (at === null) return;
  await db.$executeRaw`
    SELECT graphile_worker.add_job('diagnose', json_build_object('runId', ${runId}::text),
      job_key := ${`deadline:${runId}`}::text, job_key_mode := 'replace',
      run_at := ${new Date(at + 20)}::timestamptz)`;
}

/** How it was held, with this look added. */
function heldData(
  row: { state: string; diagnosedAt: Date | null; stuckMs: number | null; heldBy: string[] },
  now: Diagnosis,
): { stuckMs: number | null; heldBy: string[] } {
  const { stuckMs, heldBy } = heldHistory(
    {
      state: runState.safeParse(row.state).data ?? "unknown",
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
