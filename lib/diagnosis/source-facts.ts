import type { Instant } from "../base/instant.ts";
import type { AttemptView } from "../projections/run-view.ts";
import type { BeatFacts } from "./beat-facts.ts";
import { deadAfterMs, suspectAfterMs } from "./beat-limits.ts";
import type { ClockFacts } from "./clock-facts.ts";
import type { Policy } from "./policy.ts";
import type { Context, SourceFacts } from "./verdict.ts";

/**
 * What the rest of its source says of an attempt's silence.
 *
 * alive   the source was heard after this attempt's silence began: the silence is the attempt's own
 * dark    every attempt of it that keeps a rhythm is silent, and nothing came since: nothing can be told
 * unsure  others keep a rhythm, but none was due since this one fell silent
 * alone   no other attempt of it keeps a rhythm, so the source's own silence could not be told from the attempt's
 */
export type SourceState = "alive" | "dark" | "unsure" | "alone";

export interface SourceView {
  readonly name: string;
  readonly state: SourceState;
  /** The last thing received from any of its attempts. */
  readonly lastHeardAt: Instant | undefined;
  /** How many open attempts of it kept a rhythm when it was last heard. */
  readonly rhythms: number;
  /** When time alone may change the state. */
  readonly changesAt: Instant | undefined;
}

/** What is true of a source whoever asks: read once at an instant, though each of thirty thousand nodes asks. */
interface Reading {
  readonly now: Instant;
  readonly policy: Policy;
  readonly lastHeardAt: Instant | undefined;
  /** Those that say something of their own. */
  readonly witnesses: SourceFacts["beating"];
  /** Of these, those that kept a rhythm when it was last heard. */
  readonly beating: SourceFacts["beating"];
  readonly dark: boolean;
  /** The first instant at which one of all that ever kept a rhythm no longer does. */
  readonly allUntil: number;
  readonly ids: ReadonlySet<string>;
  /** The two that are due next: the first that is another's is one of them. */
  readonly next: readonly { readonly attemptId: string; readonly due: number }[];
}
const readings = new WeakMap<SourceFacts, Reading>();

function readingOf(facts: SourceFacts, now: Instant, policy: Policy): Reading {
  const known = readings.get(facts);
  if (known && known.now === now && known.policy === policy) return known;
  const lastHeardAt = lastHeard(facts);
  const witnesses = witnessesOf(facts);
  const beating = lastHeardAt === undefined ? [] : beatingAt(witnesses, lastHeardAt, policy);
  const dues = witnesses.map(({ attemptId, lastReceivedAt, intervalMs }) => ({
    attemptId,
    due: lastReceivedAt + suspectAfterMs(intervalMs, policy),
    until: lastReceivedAt + deadAfterMs(intervalMs, policy),
  }));
  const reading: Reading = {
    now,
    policy,
    lastHeardAt,
    witnesses,
    beating,
    dark: darkNow(lastHeardAt, beating, now, policy),
    allUntil: dues.reduce((least, { until }) => Math.min(least, until), Number.POSITIVE_INFINITY),
    ids: new Set(dues.map((d) => d.attemptId)),
    next: dues
      .filter((d) => d.due > now)
      .sort((a, b) => a.due - b.due)
      .slice(0, 2),
  };
  readings.set(facts, reading);
  return reading;
}

/** What beats with a part of it is no second witness: the same process may beat for both, and die for both. */
function witnessesOf({ beating }: SourceFacts): SourceFacts["beating"] {
  const whole = new Set(beating.map((b) => b.parentId));
  return beating.filter((b) => !whole.has(b.attemptId));
}

/** Whether a source that keeps a rhythm with two attempts or more has lost it with all of them. */
export function isDark(facts: SourceFacts, now: Instant, policy: Policy): boolean {
  return readingOf(facts, now, policy).dark;
}

function darkNow(
  heard: Instant | undefined,
  beating: SourceFacts["beating"],
  now: Instant,
  policy: Policy,
): boolean {
  if (beating.length < 2) return false;
  const fastest = Math.min(...beating.map((b) => b.intervalMs));
  return (
    beating.every((b) => now - b.lastReceivedAt >= suspectAfterMs(b.intervalMs, policy)) &&
    heard !== undefined &&
    now - heard >= suspectAfterMs(fastest, policy)
  );
}

/** When a source will be dark if nothing more is heard of it; undefined where it cannot be. */
export function darkFrom(facts: SourceFacts, now: Instant, policy: Policy): Instant | undefined {
  const { lastHeardAt, beating } = readingOf(facts, now, policy);
  if (lastHeardAt === undefined || beating.length < 2) return undefined;
  const fastest = Math.min(...beating.map((b) => b.intervalMs));
  const due = beating.map((b) => b.lastReceivedAt + suspectAfterMs(b.intervalMs, policy));
  return Math.max(lastHeardAt + suspectAfterMs(fastest, policy), ...due) as Instant;
}

/**
 * The attempts that still kept their rhythm at an instant. One that died last week and was never closed says nothing
 * of whether the source is there today.
 */
function beatingAt(witnesses: SourceFacts["beating"], at: Instant, policy: Policy): SourceFacts["beating"] {
  return witnesses.filter((b) => at - b.lastReceivedAt < deadAfterMs(b.intervalMs, policy));
}

/** The last thing received from a source, of any kind. */
function lastHeard(facts: SourceFacts): Instant | undefined {
  let last: number = facts.lastReceivedAt ?? Number.NEGATIVE_INFINITY;
  for (const { lastReceivedAt } of facts.beating) last = Math.max(last, lastReceivedAt);
  return Number.isFinite(last) ? (last as Instant) : undefined;
}

/**
 * Whether a source is there, apart from any attempt of it.
 *
 * live   it was heard of late: within two turns of its fastest rhythm, or of late where it keeps none
 * quiet  it was not, and nothing shows that it should have been
 * dark   every attempt of it that keeps a rhythm is silent, as the diagnosis judges it (isDark)
 */
export interface SourceStanding {
  readonly state: "live" | "quiet" | "dark";
  readonly lastHeardAt: Instant | undefined;
  /** How many open attempts of it kept a rhythm when it was last heard. */
  readonly rhythms: number;
}

/** Judges a source by itself, by the thresholds by which the diagnosis does. */
export function sourceStanding(facts: SourceFacts, now: Instant, policy: Policy): SourceStanding {
  const { lastHeardAt, beating } = readingOf(facts, now, policy);
  if (lastHeardAt === undefined) return { state: "quiet", lastHeardAt, rhythms: 0 };
  const dues = beating.map((b) => suspectAfterMs(b.intervalMs, policy));
  const isLate = now - lastHeardAt >= (dues.length === 0 ? policy.outputStableMs : Math.min(...dues));
  const state = isDark(facts, now, policy) ? "dark" : isLate ? "quiet" : "live";
  return { state, lastHeardAt, rhythms: beating.length };
}

/** Judges an attempt's source as far as it bears on that attempt's silence. */
export function sourceFacts(
  name: string,
  attempt: AttemptView | undefined,
  clock: ClockFacts | undefined,
  beat: BeatFacts,
  context: Context,
  now: Instant,
  policy: Policy,
): SourceView {
  const facts = context.sources.get(name);
  const reading = facts && readingOf(facts, now, policy);
  const lastHeardAt = reading?.lastHeardAt;
  const rhythms = reading?.beating.length ?? 0;
  const view = (state: SourceState, changesAt?: Instant): SourceView => ({
    name,
    state,
    lastHeardAt,
    rhythms,
    changesAt,
  });
  // What was imported never was live: its source owes no rhythm now (guard 10).
  if (!facts || clock?.imported) return view("alone");
  const due = beat.intervalMs ?? policy.outputStableMs;
  if (clock?.lastSignAt !== undefined && lastHeardAt !== undefined && lastHeardAt > clock.lastSignAt + due) {
    return view("alive");
  }
  if (isDark(facts, now, policy)) return view("dark");
  const from = clock?.lastSignAt ?? now;
  const { others, turn } = othersBeating(facts, attempt?.id, from, now, policy);
  return others ? view("unsure", turn) : view("alone");
}

/** Whether others kept a rhythm at an instant, and when the next of them is due. */
function othersBeating(
  facts: SourceFacts,
  own: string | undefined,
  at: Instant,
  now: Instant,
  policy: Policy,
): { others: boolean; turn: Instant | undefined } {
  const { allUntil, ids, next, witnesses } = readingOf(facts, now, policy);
  if (at < allUntil) {
    const due = next.find((b) => b.attemptId !== own)?.due;
    const isOne = own !== undefined && ids.has(own);
    return { others: ids.size > (isOne ? 1 : 0), turn: due as Instant | undefined };
  }
  let others = false;
  let turn = Number.POSITIVE_INFINITY;
  for (const b of witnesses) {
    if (b.attemptId === own || at - b.lastReceivedAt >= deadAfterMs(b.intervalMs, policy)) continue;
    others = true;
    const due = b.lastReceivedAt + suspectAfterMs(b.intervalMs, policy);
    if (due > now) turn = Math.min(turn, due);
  }
  return { others, turn: Number.isFinite(turn) ? (turn as Instant) : undefined };
}
