import type { Rule } from "../define-rule.ts";
import { blockedUpstream } from "./blocked-upstream.ts";
import { changedKey } from "./changed-key.ts";
import { clientGaveUp } from "./client-gave-up.ts";
import { conflictingEnd } from "./conflicting-end.ts";
import { darkSource } from "./dark-source.ts";
import { dependencyCycle } from "./dependency-cycle.ts";
import { disabledReuse } from "./disabled-reuse.ts";
import { driftedSchema } from "./drifted-schema.ts";
import { evictedEntry } from "./evicted-entry.ts";
import { failedLookup } from "./failed-lookup.ts";
import { failedUpstream } from "./failed-upstream.ts";
import { failingValidation } from "./failing-validation.ts";
import { forcedRerun } from "./forced-rerun.ts";
import { foreignOutputs } from "./foreign-outputs.ts";
import { heldLock } from "./held-lock.ts";
import { hungAfterOutput } from "./hung-after-output.ts";
import { idleHeartbeat } from "./idle-heartbeat.ts";
import { ignoredCancel } from "./ignored-cancel.ts";
import { incompleteRecord } from "./incomplete-record.ts";
import { invalidatedUpstream } from "./invalidated-upstream.ts";
import { jobOutlived } from "./job-outlived.ts";
import { killedProcess } from "./killed-process.ts";
import { lingeringFinalization } from "./lingering-finalization.ts";
import { lostCompletion } from "./lost-completion.ts";
import { lostNode } from "./lost-node.ts";
import { lostStart } from "./lost-start.ts";
import { missingPlan } from "./missing-plan.ts";
import { neverStarted } from "./never-started.ts";
import { partialOutputs } from "./partial-outputs.ts";
import { retryLoop } from "./retry-loop.ts";
import { silentHeartbeat } from "./silent-heartbeat.ts";
import { skewedClock } from "./skewed-clock.ts";
import { slowAttempt } from "./slow-attempt.ts";
import { staleReuse } from "./stale-reuse.ts";
import { starvedQueue } from "./starved-queue.ts";
import { unclosedClientRun } from "./unclosed-client-run.ts";
import { unclosedParent } from "./unclosed-parent.ts";
import { unfinishedOriginal } from "./unfinished-original.ts";
import { unpullableImage } from "./unpullable-image.ts";
import { unreachableStorage } from "./unreachable-storage.ts";
import { validationLoop } from "./validation-loop.ts";
import { waitingRetry } from "./waiting-retry.ts";

/** All rules. Where several fit one node the first wins, so the more specific stand before the more general. */
export const rules: readonly Rule[] = [
  darkSource,
  unfinishedOriginal,
  ignoredCancel,
  lostNode,
  killedProcess,
  jobOutlived,
  lingeringFinalization,
  validationLoop,
  failingValidation,
  unclosedClientRun,
  lostCompletion,
  hungAfterOutput,
  unclosedParent,
  unpullableImage,
  heldLock,
  unreachableStorage,
  silentHeartbeat,
  partialOutputs,
  retryLoop,
  waitingRetry,
  starvedQueue,
  failedUpstream,
  neverStarted,
  dependencyCycle,
  blockedUpstream,
  idleHeartbeat,
  slowAttempt,
  invalidatedUpstream,
  foreignOutputs,
  missingPlan,
  driftedSchema,
  changedKey,
  forcedRerun,
  disabledReuse,
  evictedEntry,
  failedLookup,
  staleReuse,
  clientGaveUp,
  conflictingEnd,
  lostStart,
  incompleteRecord,
  skewedClock,
];
