import { formatDuration } from "../base/format.ts";
import type { Instant } from "../base/instant.ts";
import type { Moment } from "../projections/register.ts";
import type { AttemptView, RunView } from "../projections/run-view.ts";
import { deadAfterMs } from "./beat-limits.ts";
import type { Policy } from "./policy.ts";
import type { Context } from "./verdict.ts";

/** How an attempt's own times are read on our clock. */
export interface ClockFacts {
  /** Received in one go long after it happened: ages are taken from what its events say. */
  readonly imported: boolean;
  /** ms to add to the source's times to have ours. */
  readonly offsetMs: number;
  /** One sentence, where its times were corrected by more than the policy's tolerance. */
  readonly note: string | null;
  /** The source's time on our clock; never after now. */
  readonly ours: (at: Instant) => Instant;
  /** When we could know of it: received, for what is told live; when it happened, for what was imported. */
  readonly told: (moment: Moment) => Instant;
  /** When what cannot be told yet will be: whether a lone message that came late is of a clock that is behind. */
  readonly settledAt: Instant | undefined;
  /** The last sign of life of any kind, on our clock. Undefined for an attempt that only others named. */
  readonly lastSignAt: Instant | undefined;
}

interface Span {
  minLagMs: number;
  occurredMs: number;
  receivedMs: number;
}

/** Over so long a span, live delivery and receipt in one go cannot be confused, ms. */
const TELLING_SPAN_MS = 60_000;
/** Of what came late, a shorter one tells: nothing live that is seconds apart is received in the same instant, ms. */
const LEAST_SPAN_MS = 2_000;
/** Less than this is no lateness but the network, ms. */
const PROMPT_MS = 5_000;
/** A clock that is off explains a lag to within this, ms: what comes later than that was late by itself. */
const EXPLAINED_MS = 60_000;
/** Received so many times faster than it happened: in one go. Live delivery is one to one, with jitter. */
const IMPORT_SPEED = 4;

/** Over how long attempts say that it happened, and over how long it was received; beats included. */
class SpanOfTimes {
  #minLagMs = Number.POSITIVE_INFINITY;
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;
  #firstReceived = Number.POSITIVE_INFINITY;
  #lastReceived = Number.NEGATIVE_INFINITY;

  add({ state, life }: AttemptView): void {
    this.#take(state.first);
    this.#take(state.last);
    this.#take(life.firstBeat);
    this.#take(life.lastBeat);
    this.#receive(state.firstReceivedAt);
    this.#receive(state.lastReceivedAt);
    this.#receive(life.lastReceivedAt);
    if (state.minLagMs !== undefined && state.minLagMs < this.#minLagMs) this.#minLagMs = state.minLagMs;
  }

  /** Undefined where nothing is known. */
  get span(): Span | undefined {
    if (!Number.isFinite(this.#first) || !Number.isFinite(this.#firstReceived)) return undefined;
    return {
      minLagMs: this.#minLagMs,
      occurredMs: this.#last - this.#first,
      receivedMs: this.#lastReceived - this.#firstReceived,
    };
  }

  #take(moment: Moment | undefined): void {
    if (!moment) return;
    const { receivedAt } = moment;
    // What is dated after its receipt happened by then: a clock that is ahead, or a slip in one message.
    const at = Math.min(moment.at, receivedAt);
    if (at < this.#first) this.#first = at;
    if (at > this.#last) this.#last = at;
    if (receivedAt - moment.at < this.#minLagMs) this.#minLagMs = receivedAt - moment.at;
    this.#receive(receivedAt);
  }

  #receive(at: Instant | undefined): void {
    if (at === undefined) return;
    if (at < this.#firstReceived) this.#firstReceived = at;
    if (at > this.#lastReceived) this.#lastReceived = at;
  }
}

/** Of one attempt: each of a run's is asked for. */
function spanOf(attempt: AttemptView): Span | undefined {
  const times = new SpanOfTimes();
  times.add(attempt);
  return times.span;
}

function spanOfAll(attempts: Iterable<AttemptView>): Span | undefined {
  const times = new SpanOfTimes();
  for (const attempt of attempts) times.add(attempt);
  return times.span;
}

/**
 * Reads attempts' times on our clock. One reader per diagnosis: it looks at the run as a whole only once. Clocks are not
 * kept: most attempts have ended and are asked for once, and to keep theirs takes longer than to read them again.
 */
export function clockReader(
  run: RunView,
  context: Context,
  now: Instant,
  policy: Policy,
): (attempt: AttemptView) => ClockFacts {
  let whole: Span | undefined | null = null;
  const wholeSpan = (): Span | undefined => {
    if (whole === null) whole = spanOfAll(attemptsOf(run));
    return whole;
  };
  return (attempt) => read(attempt, run, context, now, policy, wholeSpan);
}

function* attemptsOf(run: RunView): Generator<AttemptView> {
  yield* run.root.attempts;
  for (const node of run.nodes.values()) yield* node.attempts;
}

function read(
  attempt: AttemptView,
  run: RunView,
  context: Context,
  now: Instant,
  policy: Policy,
  wholeSpan: () => Span | undefined,
): ClockFacts {
  const source = attempt.state.source ?? run.source;
  const facts = context.sources.get(source);
  const skewMs = facts?.skewMs ?? 0;
  const lag = leastLag(attempt);
  // No import keeps one lag for as long as an estimate of skew needs: what the skew explains was told live, though the
  // first of it may have come in one go, after an outage.
  const explained = skewMs !== 0 && Math.abs(lag + skewMs) <= EXPLAINED_MS;
  const told = explained
    ? "live"
    : howReceived(attempt, { lag, leastLagMs: facts?.leastLagMs }, wholeSpan, policy);
  const settledAt = told === "alone" ? aloneUntil(attempt, policy) : undefined;
  const imported = told === "in one go" || (settledAt !== undefined && now >= settledAt);
  const offsetMs = imported ? -skewMs : liveOffset(skewMs, lag, policy);
  return new Clock(attempt, now, imported, offsetMs, settledAt, source, policy);
}

/** No closures: a run has as many clocks as attempts, and of most only one time is ever read. */
class Clock implements ClockFacts {
  readonly #attempt: AttemptView;
  readonly #now: Instant;
  readonly imported: boolean;
  readonly offsetMs: number;
  readonly settledAt: Instant | undefined;
  readonly #source: string;
  readonly #policy: Policy;

  constructor(
    attempt: AttemptView,
    now: Instant,
    imported: boolean,
    offsetMs: number,
    settledAt: Instant | undefined,
    source: string,
    policy: Policy,
  ) {
    this.#attempt = attempt;
    this.#now = now;
    this.imported = imported;
    this.offsetMs = offsetMs;
    this.settledAt = settledAt;
    this.#source = source;
    this.#policy = policy;
  }

  get note(): string | null {
    const isTold = Math.abs(this.offsetMs) > this.#policy.skewToldMs;
    return isTold ? skewNote(this.#source, this.offsetMs) : null;
  }

  ours(at: Instant): Instant {
    return Math.min(at + this.offsetMs, this.#now) as Instant;
  }

  told(moment: Moment): Instant {
    return this.imported ? this.ours(moment.at) : (Math.min(moment.receivedAt, this.#now) as Instant);
  }

  get lastSignAt(): Instant | undefined {
    const { state, life } = this.#attempt;
    const log = state.process;
    const signs = [
      state.last && (this.imported ? this.ours(state.last.at) : state.lastReceivedAt),
      life.lastBeat && (this.imported ? this.ours(life.lastBeat.at) : life.lastReceivedAt),
      log?.value.lastLogAt === undefined
        ? undefined
        : Math.min(this.ours(log.value.lastLogAt), this.told(log)),
    ].filter((sign): sign is Instant => sign !== undefined);
    return signs.length === 0 ? undefined : (Math.min(Math.max(...signs), this.#now) as Instant);
  }
}

/** How long after it happened that of an attempt was received which came soonest, ms; 0 where nothing is known. */
function leastLag({ state, life }: AttemptView): number {
  const { first, last } = state;
  const { firstBeat, lastBeat } = life;
  let least = Number.POSITIVE_INFINITY;
  if (first) least = Math.min(least, first.receivedAt - first.at);
  if (last) least = Math.min(least, last.receivedAt - last.at);
  if (firstBeat) least = Math.min(least, firstBeat.receivedAt - firstBeat.at);
  if (lastBeat) least = Math.min(least, lastBeat.receivedAt - lastBeat.at);
  return least === Number.POSITIVE_INFINITY ? 0 : Math.min(least, state.minLagMs ?? least);
}

/**
 * Whether it was received in one go, after it happened: an import, a log that is replayed, what was kept while nothing
 * came through. Its own events decide where they span long enough, else those of its run.
 */
function howReceived(
  attempt: AttemptView,
  { lag, leastLagMs }: { readonly lag: number; readonly leastLagMs: number | undefined },
  wholeSpan: () => Span | undefined,
  policy: Policy,
): Received {
  const own = spanOf(attempt);
  if (!own) return "live";
  if (own.occurredMs >= TELLING_SPAN_MS) return bySpeed(own);
  if (lag <= PROMPT_MS) return "live";
  const whole = wholeSpan();
  if (whole && whole.occurredMs >= TELLING_SPAN_MS) return bySpeed(whole);
  if (whole && whole.minLagMs > PROMPT_MS && whole.occurredMs >= LEAST_SPAN_MS) return bySpeed(whole);
  if (own.minLagMs <= policy.importLagMs) return "live";
  // A lone message cannot tell a clock that is behind from an import, unless no clock, or not this one, is as far behind.
  const noClock = own.minLagMs > policy.neverBehindMs || offWholeHours(own.minLagMs) > WHOLE_HOURS_MS;
  const notThis = leastLagMs !== undefined && own.minLagMs > leastLagMs + policy.importLagMs;
  return noClock || notThis ? "in one go" : "alone";
}

/** Clocks that are off by more than minutes are set to another time zone's: by whole hours, nearly. */
const WHOLE_HOURS_MS = 60_000;
const HOUR_MS = 3_600_000;

function offWholeHours(ms: number): number {
  return Math.abs(ms - Math.max(1, Math.round(ms / HOUR_MS)) * HOUR_MS);
}

type Received = "live" | "in one go" | "alone";

function bySpeed({ occurredMs, receivedMs }: Span): Received {
  return receivedMs * IMPORT_SPEED < occurredMs ? "in one go" : "live";
}

/** What lives would have said more by then: a beat that it promised, the first of its steps. */
function aloneUntil({ state, life }: AttemptView, policy: Policy): Instant | undefined {
  const last = Math.max(state.lastReceivedAt ?? -Infinity, life.lastReceivedAt ?? -Infinity);
  if (!Number.isFinite(last)) return undefined;
  const beat = life.intervalMs && deadAfterMs(life.intervalMs.value, policy);
  return (last + Math.max(ALONE_MS, beat ?? 0)) as Instant;
}

/** Where it promised no beat: steps are started within half a minute of their run, ms. */
const ALONE_MS = 30_000;

/** Where the source's skew is not known, what came live shows it: nothing is received before it happened. */
function liveOffset(skewMs: number, lag: number, policy: Policy): number {
  if (skewMs !== 0) return -skewMs;
  return lag < 0 || lag > policy.importLagMs ? lag : 0;
}

function skewNote(source: string, offsetMs: number): string {
  const way = offsetMs < 0 ? "ahead of" : "behind";
  return `The clock of \`${source}\` is ${formatDuration(Math.abs(offsetMs))} ${way} ours; its times are corrected by that.`;
}
