import type { Instant } from "../base/instant.ts";
import type { AttemptView } from "../projections/run-view.ts";
import { FINALIZING } from "./baseline.ts";

export type PhaseKind = "waiting" | "preparing" | "running" | "finalizing";

/** A stretch of an attempt's time. */
export interface Phase {
  readonly kind: PhaseKind;
  readonly from: Instant;
  /** Undefined while it goes on. */
  readonly to: Instant | undefined;
  /** Its source's word for it, or what it waits for. */
  readonly why: string | undefined;
}

/** Words of sources for the time before the work, as `stateWord` writes them. */
const WAITING: ReadonlySet<string> = new Set([
  ...[
    "queued",
    "queueing",
    "queuing",
    "pending",
    "scheduled",
    "waiting",
    "notstarted",
    "blocked",
    "submitted",
  ],
  ...["deferred", "upforretry", "upforreschedule", "awaitingretry", "late", "runnable"],
]);
const PREPARING: ReadonlySet<string> = new Set([
  ...["preparing", "provisioning", "starting", "initializing", "initialising", "configuring", "downloading"],
  ...["containercreating", "podinitializing", "launching", "setup"],
]);
const RUNNING: ReadonlySet<string> = new Set(["running", "inprogress", "executing", "active", "training"]);

interface Turn {
  readonly kind: PhaseKind;
  readonly at: Instant;
  readonly why?: string | undefined;
}

/** What an attempt did when, as far as its source told: waited, was prepared, ran, and was brought to its end. */
export function phasesOf(attempt: AttemptView): Phase[] {
  const turns = turnsOf(attempt);
  const end = attempt.endedAt ?? (attempt.status === "superseded" ? attempt.state.last?.at : undefined);
  const phases: Phase[] = [];
  turns.forEach(({ kind, at, why }, i) => {
    const next = turns[i + 1]?.at ?? end;
    const to = next === undefined || end === undefined ? next : (Math.min(next, end) as Instant);
    if (to !== undefined && to <= at) return;
    const last = phases.at(-1);
    if (last?.kind === kind && last.why === why) phases[phases.length - 1] = { ...last, to };
    else phases.push({ kind, from: at, to, why });
  });
  return phases;
}

/** In order; what a source says of the same instant is finer than that it started. */
function turnsOf(attempt: AttemptView): Turn[] {
  const { state, startedAt } = attempt;
  const turns: Turn[] = [];
  if (startedAt !== undefined) turns.push({ kind: "running", at: startedAt });
  else if (state.first) turns.push({ kind: "waiting", at: state.first.at });
  for (const [word, { first, last }] of Object.entries(state.states ?? {})) {
    const kind = kindOf(word);
    if (kind) turns.push({ kind, at: first.at, why: last.value });
  }
  const { wait } = state;
  if (wait) {
    const { kind, on, since, until } = wait.value;
    turns.push({ kind: "waiting", at: since ?? wait.at, why: on === undefined ? kind : `${kind}: ${on}` });
    if (until !== undefined) {
      turns.push({ kind: startedAt !== undefined && startedAt <= until ? "running" : "waiting", at: until });
    }
  }
  return turns.sort((a, b) => a.at - b.at);
}

function kindOf(word: string): PhaseKind | undefined {
  if (WAITING.has(word)) return "waiting";
  if (PREPARING.has(word)) return "preparing";
  if (FINALIZING.has(word)) return "finalizing";
  return RUNNING.has(word) ? "running" : undefined;
}
