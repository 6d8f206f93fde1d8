import type { Rule } from "../define-rule.ts";
import { blockedUpstream } from "./blocked-upstream.ts";
import { changedKey } from "./changed-key.ts";
import { darkSource } from "./dark-source.ts";
import { failedUpstream } from "./failed-upstream.ts";
import { foreignOutputs } from "./foreign-outputs.ts";
import { hungAfterOutput } from "./hung-after-output.ts";
import { lostCompletion } from "./lost-completion.ts";
import { neverStarted } from "./never-started.ts";
import { silentHeartbeat } from "./silent-heartbeat.ts";
import { unclosedParent } from "./unclosed-parent.ts";

/** All rules. Where several fit one node the first wins, so the more specific stand before the more general. */
export const rules: readonly Rule[] = [
  darkSource,
  lostCompletion,
  hungAfterOutput,
  unclosedParent,
  silentHeartbeat,
  failedUpstream,
  neverStarted,
  blockedUpstream,
  foreignOutputs,
  changedKey,
];
