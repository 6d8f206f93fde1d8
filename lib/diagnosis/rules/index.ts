import type { Rule } from "../define-rule.ts";
import { blockedUpstream } from "./blocked-upstream.ts";
import { changedKey } from "./changed-key.ts";
import { darkSource } from "./dark-source.ts";
import { dependencyCycle } from "./dependency-cycle.ts";
import { disabledReuse } from "./disabled-reuse.ts";
import { evictedEntry } from "./evicted-entry.ts";
import { failedLookup } from "./failed-lookup.ts";
import { failedUpstream } from "./failed-upstream.ts";
import { forcedRerun } from "./forced-rerun.ts";
import { foreignOutputs } from "./foreign-outputs.ts";
import { hungAfterOutput } from "./hung-after-output.ts";
import { invalidatedUpstream } from "./invalidated-upstream.ts";
import { lostCompletion } from "./lost-completion.ts";
import { missingPlan } from "./missing-plan.ts";
import { neverStarted } from "./never-started.ts";
import { silentHeartbeat } from "./silent-heartbeat.ts";
import { staleReuse } from "./stale-reuse.ts";
import { unclosedParent } from "./unclosed-parent.ts";
import { unfinishedOriginal } from "./unfinished-original.ts";

/** All rules. Where several fit one node the first wins, so the more specific stand before the more general. */
export const rules: readonly Rule[] = [
  darkSource,
  unfinishedOriginal,
  lostCompletion,
  hungAfterOutput,
  unclosedParent,
  silentHeartbeat,
  failedUpstream,
  neverStarted,
  dependencyCycle,
  blockedUpstream,
  invalidatedUpstream,
  foreignOutputs,
  missingPlan,
  changedKey,
  forcedRerun,
  disabledReuse,
  evictedEntry,
  failedLookup,
  staleReuse,
];
