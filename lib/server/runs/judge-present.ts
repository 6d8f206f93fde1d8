import { now } from "../clock.ts";
import type { Database } from "../database.ts";
import { observeDiagnosis } from "../metrics.ts";
import { processWide } from "../process-wide.ts";
import { reportError } from "../report-error.ts";
import type { Judged } from "./judge-run.ts";
import { type Basis, basisOf, judgeWatched, keepDiagnosis, readHorizon } from "./keep-diagnosis.ts";
import { restsOnTheSame } from "./kept-diagnosis.ts";
import { LATEST } from "./load-context.ts";
import { loadHistory } from "./load-history.ts";
import { loadSamples } from "./load-samples.ts";
import { questionsOf } from "./questions.ts";

/**
 * For so long, ms, the last large run that was judged is kept as it was judged: its page asks for the run, then for a node
 * of it, and again when background work has judged it too. All that it rests on is compared each time.
 */
const KEPT_MS = 10_000;

interface Recent {
  readonly judged: Judged;
  readonly basis: Basis;
  readonly until: number;
}

const holder = () => processWide<{ recent?: Recent }>("judged-run", () => ({}));

/** Judges a run as it is now. `nodeKey` is a node of which more is to be known than the answer needs. */
export async function judgePresent(
  db: Database,
  runId: string,
  nodeKey?: string,
): Promise<Judged | undefined> {
  const at = now();
  const { recent } = holder();
  if (recent?.judged.run.id === runId && at < recent.until && (await restsOnTheSame(db, recent.basis, at)))
    return nodeKey === undefined ? recent.judged : withNode(db, recent.judged, nodeKey);
  const watched = await judgeWatched(db, runId, await readHorizon(db), nodeKey);
  if (watched) observeDiagnosis(watched.took);
  const basis = watched && basisOf(watched);
  if (!basis) return watched?.judged;
  keepRecent({
    judged: watched.judged,
    basis,
    until: Math.min(basis.until ?? Number.POSITIVE_INFINITY, at + KEPT_MS),
  });
  try {
    await keepDiagnosis(db, watched.judged, basis);
  } catch (error) {
    // Whoever asks next has it judged again; who asked has an answer.
    reportError("an answer was not kept", error, { runId });
  }
  return watched.judged;
}

function keepRecent(recent: Recent): void {
  const held = holder();
  held.recent = recent;
  setTimeout(() => held.recent === recent && delete held.recent, KEPT_MS).unref();
}

/** The same judgement, with what is known of one node whatever state it is in. */
async function withNode(db: Database, judged: Judged, nodeKey: string): Promise<Judged> {
  const { run, context } = judged;
  const { history, samples } = questionsOf(run, nodeKey);
  const names = [...samples]
    .filter(([, keys]) => keys.includes(nodeKey))
    .map(([name]) => [name, [nodeKey]] as const);
  const [past, sampled] = await Promise.all([
    loadHistory(
      db,
      run,
      history.filter((job) => job.key === nodeKey),
    ),
    loadSamples(db, run, new Map(names), LATEST),
  ]);
  return {
    ...judged,
    context: {
      ...context,
      history: new Map([...context.history, ...past]),
      samples: new Map([...(context.samples ?? []), ...sampled]),
    },
  };
}
