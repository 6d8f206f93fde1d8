import { createHash } from "node:crypto";
import type { Instant } from "../../base/instant.ts";
import { runState } from "../../contract/diagnosis.ts";
import { heldHistory } from "../../diagnosis/held-history.ts";
import type { Diagnosis } from "../../diagnosis/verdict.ts";
import { type VerdictChange, verdictChanges } from "../../diagnosis/verdict-changes.ts";
import type { Database, Transaction } from "../database.ts";
import { Prisma } from "../prisma/client.ts";
import { readOpenVerdicts } from "../queries/open-verdicts.ts";
import { basisOf, isOutdated, judgeWatched, keepDiagnosis, type Watched } from "./keep-diagnosis.ts";
import { lookAhead, nextLook } from "./next-look.ts";
import { saveSamples } from "./save-samples.ts";
import { endOfLog } from "./save-verdict-changes.ts";
import { storeDiagnosis } from "./store-diagnosis.ts";

/**
 * Judges a run and keeps the answer for the lists, with what it says otherwise than the one before; asks for the next
 * look at the instant at which time alone may change it. Does nothing, and gives nothing, where the run is none any more.
 *
 * Several servers may be asked to do this to one run at once: events and deadlines are jobs of their own. They do it
 * one after the other, so that each change is told once, and nothing older is stored over what is newer.
 */
export async function saveDiagnosis(db: Database, runId: string): Promise<Saved | undefined> {
  const done = await db.$transaction(
    async (tx) => {
      await lockRun(tx, runId);
      return judgeAndSave(db, runId);
    },
    { timeout: 120_000 },
  );
  // By itself, and last: it is for whoever asks next, and no other work waits for its row.
  const basis = done && basisOf(done.watched);
  if (basis) await keepDiagnosis(db, done.watched.judged, basis);
  return done;
}

/**
 * Waits until no other diagnosis of the run is under way, and keeps others waiting until the transaction ends. That does
 * nothing else: one that wrote, or that kept the snapshot of its last answer, would keep all row versions that anyone
 * replaces while a run is judged from being taken away. A statement without values keeps none, since the driver sends it
 * in another way: so the key is a part of its text.
 */
async function lockRun(tx: Transaction, runId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${Prisma.raw(String(lockOf(runId)))})`;
}

/** The key of a run's lock. */
export function lockOf(runId: string): bigint {
  return createHash("sha256").update(`diagnosis ${runId}`).digest().readBigInt64BE();
}

/** A judgement that was kept, and what it said otherwise than the one before. */
interface Saved {
  readonly changes: readonly VerdictChange[];
  readonly watched: Watched;
}

async function judgeAndSave(db: Database, runId: string): Promise<Saved | undefined> {
  const began = performance.now();
  const [before, open, { position: logPosition, horizon }] = await Promise.all([
    db.run.findUnique({
      where: { id: runId },
      select: {
        ...{ logPosition: true, diagnosedAt: true, endedAt: true },
        ...{ state: true, stuckMs: true, heldBy: true },
      },
    }),
    readOpenVerdicts(db, runId),
    endOfLog(db),
  ]);
  if (!before) return undefined;
  const watched = await judgeWatched(db, runId, horizon);
  if (!watched) return undefined;
  const { judged } = watched;
  const { run, diagnosis, policyOf } = judged;
  const changes = verdictChanges(open, {
    run,
    diagnosis,
    policyOf,
    lookedAt: before.diagnosedAt === null ? null : (before.diagnosedAt.getTime() as Instant),
    hadEnded: before.endedAt !== null,
  });
  // Before the run is marked as judged: what is not kept now is kept the next time.
  await saveSamples(db, judged, (before.diagnosedAt?.getTime() ?? null) as Instant | null);
  const stored = await storeDiagnosis(db, {
    judged,
    changes,
    before,
    ...heldData(before, diagnosis),
    logPosition,
    tookMs: performance.now() - began,
    nextLookAt: await nextLookAt(db, watched),
  });
  // It has become a part of another run meanwhile.
  return stored ? { changes, watched } : undefined;
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
