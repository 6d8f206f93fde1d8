/** What may go wrong in a world, what may then be said of it, and how soon it must be. */
import { minutes } from "./message.ts";

/** What goes wrong in a world, and what may then be said to lead at the step that it happens to. */
export const FAULTS = {
  none: [],
  "killed at work": ["silent-heartbeat", "lost-node", "killed-process"],
  "killed with its group": ["silent-heartbeat"],
  "killed after its outputs": ["lost-completion", "silent-heartbeat"],
  "its end was lost": ["lost-completion", "silent-heartbeat", "unclosed-parent"],
  "hangs after its outputs": ["hung-after-output"],
  "failed for good": ["failed-upstream", "unclosed-parent"],
  "never started": ["never-started"],
  "the run's end was lost": ["unclosed-parent"],
} as const satisfies Record<string, readonly string[]>;
export type FaultKind = keyof typeof FAULTS;
export const KINDS = Object.keys(FAULTS) as [FaultKind, ...FaultKind[]];

/** How long after a fault it must be seen at the latest, s, beside three intervals of a beat. */
export const SEEN_AFTER: Record<FaultKind, number> = {
  none: Number.POSITIVE_INFINITY,
  "killed at work": 12,
  "killed with its group": 12,
  "killed after its outputs": 62,
  "its end was lost": 62,
  "hangs after its outputs": 65,
  // Ten minutes where the trigger rule is not told: a step behind it may be one that accepts the failure.
  "failed for good": minutes(10) + 65,
  "never started": minutes(10) + 65,
  "the run's end was lost": 65,
};

/** The same where no plan was told, s. */
export const PATIENCE: { readonly [kind in FaultKind]?: number } = {
  "the run's end was lost": minutes(10) + 65,
};
