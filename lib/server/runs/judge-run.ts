import type { Instant } from "../../base/instant.ts";
import { diagnose } from "../../diagnosis/diagnose.ts";
import { defaultPolicy, type Policy } from "../../diagnosis/policy.ts";
import { policyOfRun } from "../../diagnosis/policy-overrides.ts";
import type { Context, Diagnosis } from "../../diagnosis/verdict.ts";
import type { RunView } from "../../projections/run-view.ts";
import { now } from "../clock.ts";
import type { Database } from "../database.ts";
import { readOverrides } from "../queries/overrides.ts";
import { reportError } from "../report-error.ts";
import { loadContext } from "./load-context.ts";
import { loadRun } from "./load-run.ts";
import { loadRunAsOf } from "./load-run-as-of.ts";
import { type Questions, questionsOf } from "./questions.ts";

export interface Judged {
  readonly run: RunView;
  readonly context: Context;
  readonly diagnosis: Diagnosis;
  readonly at: Instant;
  /** The thresholds that hold for a node. */
  readonly policyOf: (nodeKey: string) => Policy;
}

export interface JudgeOptions {
  /** The instant that is asked about; now where left out. */
  readonly at?: Instant | undefined;
  /** The attempt whose run is asked for, where the tree was another then. */
  readonly attemptId?: string | undefined;
  /** A node of which more is to be known than the answer needs. */
  readonly nodeKey?: string | undefined;
  /** Is waited for when the run has been read, and before what else is looked at. */
  readonly beforeContext?: ((run: RunView, questions: Questions) => Promise<void>) | undefined;
}

/**
 * Loads a run and asks why it has not finished: now, or at an instant. Of a past instant only what had been
 * received by then counts, and the run is the one that `attemptId` was part of then; of a future one, what is known
 * now. Undefined where there is no such run.
 */
export async function judgeRun(
  db: Database,
  runId: string,
  { at: asked, attemptId = runId, nodeKey, beforeContext }: JudgeOptions = {},
): Promise<Judged | undefined> {
  const present = now();
  const at = asked ?? present;
  const run = at < present ? await loadRunAsOf(db, runId, at, attemptId) : await loadRun(db, runId);
  if (!run) return undefined;
  const questions = questionsOf(run, nodeKey);
  await beforeContext?.(run, questions);
  const [known, overrides] = await Promise.all([
    loadContext(db, run, questions, at, at >= present),
    // Servers' clocks differ a little: of the present whatever is set counts.
    readOverrides(db, at < present ? at : undefined),
  ]);
  const context = { ...known, overrides };
  const diagnosis = diagnose(run, context, at);
  for (const { rule, nodeKey, error } of diagnosis.broken)
    reportError("a rule broke", error, { rule, runId, nodeKey });
  const policy = policyOfRun(run.pipeline, overrides, defaultPolicy);
  return { run, context, diagnosis, at, policyOf: (nodeKey) => policy.of(nodeKey).values };
}
