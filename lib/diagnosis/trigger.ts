import { assertNever } from "../base/assert-never.ts";
import type { TriggerRule } from "../events/event.ts";

/** How a node counts for those behind it. `maybe`: it may have been skipped without a word. */
export type Ended = "open" | "success" | "failed" | "aborted" | "skipped" | "maybe";

/**
 * ready        may start
 * maybe-ready  may start, unless a step that may have been skipped is yet to run
 * waiting      something before it is open
 * impossible   what it waits for can never come
 * skip         will be skipped: nothing failed, it was just not chosen
 * maybe-skip   will be skipped if the step before it was
 */
export type Trigger = "ready" | "maybe-ready" | "waiting" | "impossible" | "skip" | "maybe-skip";

/** How those before a node ended, all together, and since when (ms; NaN: not known). */
export interface Tally {
  readonly has: Record<Ended, boolean>;
  first: number;
  last: number;
  firstSuccess: number;
}

/** Counts those before a node together. `tallyAt` knows the points that wide edges run through, counted before. */
export function tallyOf(
  before: readonly number[],
  countsOf: (node: number) => Ended,
  settledAt: { readonly [node: number]: number },
  tallyAt: (node: number) => Tally | undefined,
): Tally {
  const has = { open: false, success: false, failed: false, aborted: false, skipped: false, maybe: false };
  const tally: Tally = { has, first: Number.NaN, last: Number.NaN, firstSuccess: Number.NaN };
  for (const node of before) {
    const many = tallyAt(node);
    if (many) {
      addTally(tally, many);
      continue;
    }
    const counts = countsOf(node);
    has[counts] = true;
    const at = settledAt[node] ?? Number.NaN;
    if (Number.isNaN(at)) continue;
    if (!(at >= tally.first)) tally.first = at;
    if (!(at <= tally.last)) tally.last = at;
    if (counts === "success" && !(at >= tally.firstSuccess)) tally.firstSuccess = at;
  }
  return tally;
}

function addTally(tally: Tally, { has, first, last, firstSuccess }: Tally): void {
  for (const ended of ENDED) if (has[ended]) tally.has[ended] = true;
  if (!(first >= tally.first)) tally.first = Number.isNaN(first) ? tally.first : first;
  if (!(last <= tally.last)) tally.last = Number.isNaN(last) ? tally.last : last;
  if (!(firstSuccess >= tally.firstSuccess))
    tally.firstSuccess = Number.isNaN(firstSuccess) ? tally.firstSuccess : firstSuccess;
}

const ENDED: readonly Ended[] = ["open", "success", "failed", "aborted", "skipped", "maybe"];

/**
 * Whether a node may start, by its trigger rule and how those before it ended, and since when (ms; NaN: not known).
 * The rules are those that Airflow names, since other orchestrators have subsets of them. No tally: nothing precedes it.
 */
export function judgeTrigger(rule: TriggerRule, tally: Tally | undefined): { trigger: Trigger; at: number } {
  if (!tally) return FREE;
  const { has, first, last, firstSuccess } = tally;
  const at = rule === "one-success" ? firstSuccess : rule === "one-done" ? first : last;
  return { trigger: decide(rule, has), at };
}

const FREE = { trigger: "ready", at: Number.NaN } as const;

function decide(rule: TriggerRule, has: Readonly<Record<Ended, boolean>>): Trigger {
  const ready = has.maybe ? "maybe-ready" : "ready";
  const bad = has.failed || has.aborted;
  switch (rule) {
    case "always":
      return "ready";
    case "all-done":
      return has.open ? "waiting" : ready;
    case "all-success":
      if (bad) return "impossible";
      if (has.skipped) return "skip";
      if (has.open) return "waiting";
      return has.maybe ? "maybe-skip" : "ready";
    case "none-failed":
      if (bad) return "impossible";
      if (has.open) return "waiting";
      // Airflow skips it where all before it were skipped, under one of the two rules that we know by this name.
      return has.success ? ready : "maybe-skip";
    case "one-success":
      if (has.success) return "ready";
      if (has.open) return "waiting";
      if (has.maybe) return "maybe-skip";
      return bad ? "impossible" : "skip";
    case "one-done":
      if (has.success || bad) return "ready";
      if (has.open) return "waiting";
      return has.maybe ? "maybe-skip" : "skip";
    default:
      return assertNever(rule);
  }
}
