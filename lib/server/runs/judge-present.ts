import { LATEST } from "../../base/instant.ts";
import { now } from "../clock.ts";
import type { Database } from "../database.ts";
import { observeDiagnosis } from "../metrics.ts";
import { reportError } from "../report-error.ts";
import type { Judged } from "./judge-run.ts";
import { basisOf, judgeWatched, keepDiagnosis, readHorizon } from "./keep-diagnosis.ts";
import { loadHistory } from "./load-history.ts";
import { loadSamples } from "./load-samples.ts";
import { questionsOfNode } from "./questions.ts";
import { recentJudgement } from "./recent-judgement.ts";

/** Judges a run as it is now. `nodeKey` is a node of which more is to be known than the answer needs. */
export async function judgePresent(
  db: Database,
  runId: string,
  nodeKey?: string,
): Promise<Judged | undefined> {
  const recent = recentJudgement();
  const arrived = recent.arrive();
  const known = await recent.stillHolds(db, runId, now);
  const others = known ? undefined : recent.begunSince(arrived, runId);
  if (!known && !others) return recent.isBeingMade(runId, judgeAnew(db, runId, nodeKey));
  if (known && recent.isAgeing(known, now())) recent.renew(runId, () => judgeAnew(db, runId));
  const judged = known ?? (await others);
  return judged && nodeKey !== undefined ? withNode(db, judged, nodeKey) : judged;
}

async function judgeAnew(db: Database, runId: string, nodeKey?: string): Promise<Judged | undefined> {
  const watched = await judgeWatched(db, runId, await readHorizon(db), nodeKey);
  if (watched) observeDiagnosis(watched.took);
  const basis = watched && basisOf(watched);
  if (!basis) return watched?.judged;
  recentJudgement().keep(watched.judged, basis);
  try {
    await keepDiagnosis(db, watched.judged, basis);
  } catch (error) {
    // Whoever asks next has it judged again; who asked has an answer.
    reportError("an answer was not kept", error, { runId });
  }
  return watched.judged;
}

/** The same judgement, with what is known of one node whatever state it is in. */
async function withNode(db: Database, judged: Judged, nodeKey: string): Promise<Judged> {
  const { run, context } = judged;
  const { history, samples } = questionsOfNode(run, nodeKey);
  const [past, sampled] = await Promise.all([
    loadHistory(db, run, history),
    loadSamples(db, run, samples, LATEST),
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
