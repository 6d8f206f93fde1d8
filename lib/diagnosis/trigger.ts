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

/** One bit for each way to have ended: how many ended together is one number. */
export const BITS: Readonly<Record<Ended, number>> = {
  open: 1,
  success: 2,
  failed: 4,
  aborted: 8,
  skipped: 16,
  maybe: 32,
};

/** How those before a node ended, all together, and since when (ms; NaN: not known). */
export class Tally {
  bits = 0;
  first = Number.NaN;
  last = Number.NaN;
  firstSuccess = Number.NaN;

  clear(): void {
    this.bits = 0;
    this.first = this.last = this.firstSuccess = Number.NaN;
  }

  has(ended: Ended): boolean {
    return (this.bits & BITS[ended]) !== 0;
  }

  /** One more, by its bit. */
  add(bit: number, at: number): void {
    this.bits |= bit;
    this.#met(at, at, bit === BITS.success ? at : Number.NaN);
  }

  /** All that were counted together before: those that a wide edge comes from. */
  addAll({ bits, first, last, firstSuccess }: Tally): void {
    this.bits |= bits;
    this.#met(first, last, firstSuccess);
  }

  #met(first: number, last: number, firstSuccess: number): void {
    if (!Number.isNaN(first) && !(first >= this.first)) this.first = first;
    if (!Number.isNaN(last) && !(last <= this.last)) this.last = last;
    if (!Number.isNaN(firstSuccess) && !(firstSuccess >= this.firstSuccess)) this.firstSuccess = firstSuccess;
  }
}

/** Since when what a trigger rule asks of those before a node has been decided, ms; NaN where it is not known. */
export function decidedAt(rule: TriggerRule, { first, last, firstSuccess }: Tally): number {
  return rule === "one-success" ? firstSuccess : rule === "one-done" ? first : last;
}

/**
 * Whether a node may start, by its trigger rule and how those before it ended. The rules are those that Airflow names,
 * since other orchestrators have subsets of them.
 */
export function judgeTrigger(rule: TriggerRule, { bits }: Pick<Tally, "bits">): Trigger {
  const has = (ended: number): boolean => (bits & ended) !== 0;
  const { open, success, skipped, maybe } = BITS;
  const ready = has(maybe) ? "maybe-ready" : "ready";
  const bad = has(BITS.failed | BITS.aborted);
  // Nothing precedes it.
  if (bits === 0) return "ready";
  switch (rule) {
    case "always":
      return "ready";
    case "all-done":
      return has(open) ? "waiting" : ready;
    case "all-success":
      if (bad) return "impossible";
      if (has(skipped)) return "skip";
      if (has(open)) return "waiting";
      return has(maybe) ? "maybe-skip" : "ready";
    case "none-failed":
      if (bad) return "impossible";
      if (has(open)) return "waiting";
      // Airflow skips it where all before it were skipped, under one of the two rules that we know by this name.
      return has(success) ? ready : "maybe-skip";
    case "one-success":
      if (has(success)) return "ready";
      if (has(open)) return "waiting";
      if (has(maybe)) return "maybe-skip";
      return bad ? "impossible" : "skip";
    case "one-done":
      if (has(success) || bad) return "ready";
      if (has(open)) return "waiting";
      return has(maybe) ? "maybe-skip" : "skip";
    default:
      return assertNever(rule);
  }
}
