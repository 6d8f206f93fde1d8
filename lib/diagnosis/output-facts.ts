import type { Instant } from "../base/instant.ts";
import { datasetKey, type OutputState } from "../projections/attempt-state.ts";
import type { Moment } from "../projections/register.ts";
import type { AttemptView } from "../projections/run-view.ts";
import type { ClockFacts } from "./clock-facts.ts";
import { foreignBecause } from "./compare-past.ts";
import type { Policy } from "./policy.ts";
import type { PastAttempt } from "./verdict.ts";

/** One output that the attempt owes, and how far it has come. */
export interface OutputFact {
  readonly key: string;
  readonly name: string;
  /** own: written by this attempt. growing: being written. foreign: there, but not its work. */
  readonly state: "own" | "growing" | "missing" | "foreign";
  /** Why it is foreign. */
  readonly because: string | null;
  /** When it was last written, on our clock. */
  readonly writtenAt: Instant | undefined;
  /** The message that shows it. */
  readonly eventId: string | null;
}

export interface OutputFacts {
  /**
   * declared  the attempt itself named them
   * history   it named none; its node's last good attempt wrote these
   * seen      it named none beforehand and has no past: these are what it has written so far
   */
  readonly basis: "declared" | "history" | "seen" | "none";
  readonly expected: readonly OutputFact[];
  readonly own: readonly OutputFact[];
  readonly missing: readonly OutputFact[];
  readonly foreign: readonly OutputFact[];
  /** All that is expected is written by this attempt. */
  readonly complete: boolean;
  readonly lastWriteAt: Instant | undefined;
  /** Since when all of its own have been there, however often they were written again. Our clock. */
  readonly thereAt: Instant | undefined;
  /** From when on the outputs count as stable. */
  readonly stableAt: Instant | undefined;
}

/** What an attempt was to write, and what of it is its own work. */
export function outputFacts(
  attempt: AttemptView | undefined,
  clock: ClockFacts | undefined,
  history: readonly PastAttempt[],
  policy: Policy,
): OutputFacts {
  const listed = attempt ? Object.values(attempt.state.outputs) : [];
  const known = new Map(listed.map((output) => [datasetKey(output), output]));
  const declared = listed.filter(namedBeforehand).map((o) => datasetKey(o));
  const past =
    declared.length > 0
      ? undefined
      : history.find((p) => p.outcome === "completed" && p.wrote.length > 0)?.wrote;
  const basis =
    declared.length > 0 ? "declared" : past ? "history" : known.size > 0 ? ("seen" as const) : "none";
  const keys = [...new Set([...declared, ...owedToday(past ?? [], known), ...known.keys()])].sort();
  const expected =
    attempt && clock ? keys.map((key) => judge(key, known.get(key), attempt, clock, policy)) : [];
  const own = expected.filter((o) => o.state === "own");
  const writes = expected.flatMap((o) =>
    o.state === "own" || o.state === "growing" ? (o.writtenAt ?? []) : [],
  );
  const lastWriteAt = writes.length === 0 ? undefined : (Math.max(...writes) as Instant);
  return {
    basis,
    expected,
    own,
    missing: expected.filter((o) => o.state === "missing" || o.state === "growing"),
    foreign: expected.filter((o) => o.state === "foreign"),
    complete: expected.length > 0 && own.length === expected.length,
    lastWriteAt,
    thereAt: clock && thereSince(own, known, clock),
    stableAt: lastWriteAt === undefined ? undefined : ((lastWriteAt + policy.outputStableMs) as Instant),
  };
}

function thereSince(
  own: readonly OutputFact[],
  known: ReadonlyMap<string, OutputState>,
  clock: ClockFacts,
): Instant | undefined {
  const first = own.flatMap(({ key }) => known.get(key)?.firstWritten ?? []).map((at) => clock.told(at));
  return first.length === 0 ? undefined : (Math.max(...first) as Instant);
}

/** The message that shows an output written names it too: that tells nothing of what else is to come. */
function namedBeforehand({ declared, firstWritten }: OutputState): boolean {
  return declared !== undefined && !(firstWritten && firstWritten.at <= declared.at);
}

/** Of names that differ only in digits (a day's partition, a run's number) that of today stands for the earlier one. */
function owedToday(past: readonly string[], known: ReadonlyMap<string, OutputState>): readonly string[] {
  if (past.length === 0) return past;
  const fresh = [...known.keys()].filter((key) => !past.includes(key)).map(withoutDigits);
  return past.filter((key) => {
    const at = known.has(key) ? -1 : fresh.indexOf(withoutDigits(key));
    if (at >= 0) fresh.splice(at, 1);
    return at < 0;
  });
}

function withoutDigits(key: string): string {
  return key.replace(/\d+/g, "#");
}

/**
 * When an output was written: a store tells it, else it was by when we were told. A store's clock may be right where its
 * source's is not, so that of both readings the later counts.
 */
export function wroteAt(modifiedAt: Instant | undefined, told: Moment, clock: ClockFacts): Instant {
  const by = clock.told(told);
  if (modifiedAt === undefined) return by;
  return Math.min(Math.max(clock.ours(modifiedAt), modifiedAt), by) as Instant;
}

function judge(
  key: string,
  output: OutputState | undefined,
  attempt: AttemptView,
  clock: ClockFacts,
  policy: Policy,
): OutputFact {
  const name = output?.name ?? key.slice(key.indexOf("\n") + 1);
  const written = output?.written;
  const grew = output?.grew;
  if (grew && (!written || grew.at > written.at)) {
    return {
      key,
      name,
      state: "growing",
      because: null,
      writtenAt: clock.told(grew),
      eventId: grew.messageId,
    };
  }
  if (!output || !written)
    return { key, name, state: "missing", because: null, writtenAt: undefined, eventId: null };
  const { modifiedAt } = written.value;
  const writtenAt = wroteAt(modifiedAt, written, clock);
  const because = foreignBecause(output, attempt, clock.offsetMs, policy.mtimeToleranceMs);
  return {
    key,
    name,
    state: because === null ? "own" : "foreign",
    because,
    writtenAt,
    eventId: written.messageId,
  };
}
