import type { Policy } from "./policy.ts";

/** How long an attempt with this interval may be silent until it is suspect, ms. */
export function suspectAfterMs(intervalMs: number, policy: Policy): number {
  return policy.suspectAfterIntervals * intervalMs + policy.beatSlackMs;
}

/** How long an attempt with this interval may be silent until it is dead, ms. */
export function deadAfterMs(intervalMs: number, policy: Policy): number {
  return policy.deadAfterIntervals * intervalMs + policy.beatSlackMs;
}
