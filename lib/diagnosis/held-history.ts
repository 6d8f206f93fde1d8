import type { Instant } from "../base/instant.ts";
import type { Diagnosis } from "./verdict.ts";

/** What was known of how a run was held, when it was last looked at. */
export interface HeldBefore {
  readonly state: Diagnosis["state"];
  /** Undefined where it was never looked at. */
  readonly lookedAt: Instant | undefined;
  readonly stuckMs: number | undefined;
  readonly heldBy: readonly string[];
}

/** How a run was held until now: for how long it was stuck in all, and by which rules it ever was. */
export interface HeldHistory {
  /** Undefined where it was never looked at while it was open. */
  readonly stuckMs: number | undefined;
  readonly heldBy: readonly string[];
}

/**
 * Adds one look to what was known. A run that is found stuck for the first time has been so since it stopped making
 * progress, which is before anyone looked; later turns count from the look before, since nobody knows what lay between.
 */
export function heldHistory(before: HeldBefore, now: Diagnosis): HeldHistory {
  const { lookedAt, heldBy } = before;
  const isOpen = now.state !== "finished";
  if (!isOpen && lookedAt === undefined) return { stuckMs: undefined, heldBy };
  return {
    stuckMs: before.stuckMs === undefined && !isOpen ? undefined : (before.stuckMs ?? 0) + added(before, now),
    heldBy: [...new Set([...heldBy, ...leadsOf(now)])],
  };
}

function added({ state, lookedAt, stuckMs }: HeldBefore, { state: found, since, at }: Diagnosis): number {
  const wasStuck = state === "stuck" && lookedAt !== undefined;
  if (!wasStuck && found !== "stuck") return 0;
  const isFirst = stuckMs === undefined || (!wasStuck && stuckMs === 0);
  const from = isFirst ? (since ?? at) : (lookedAt ?? at);
  return Math.max(0, at - from);
}

/** The rule that leads the answer of a run that something holds. What merely runs is held by nothing. */
function leadsOf({ state, blockers }: Diagnosis): string[] {
  const lead = blockers[0]?.verdict;
  return state === "finished" || state === "progressing" || !lead ? [] : [lead.rule];
}
