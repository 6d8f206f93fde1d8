import { formatDuration } from "../base/format.ts";
import type { Instant } from "../base/instant.ts";
import type { Moment } from "../projections/register.ts";
import type { AttemptView, RunView } from "../projections/run-view.ts";
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
  /** The last sign of life of any kind, on our clock. Undefined for an attempt that only others named. */
  readonly lastSignAt: Instant | undefined;
}

interface Span {
  minLagMs: number;
  occurredMs: number;
  receivedMs: number;
}

/** A shorter span says nothing of whether it was received live, ms. */
const TELLING_SPAN_MS = 60_000;
/** Received so many times faster than it happened: an import. Live delivery is one to one, with jitter. */
const IMPORT_SPEED = 4;

/** Over how long a set of attempts says that it happened, and over how long it was received; beats included. */
function spanOf(attempts: Iterable<AttemptView>): Span | undefined {
  let minLagMs = Number.POSITIVE_INFINITY;
  let [first, last, firstReceived, lastReceived] = [Infinity, -Infinity, Infinity, -Infinity];
  const take = (moment: Moment | undefined): void => {
    if (!moment) return;
    first = Math.min(first, moment.at);
    last = Math.max(last, moment.at);
    firstReceived = Math.min(firstReceived, moment.receivedAt);
    lastReceived = Math.max(lastReceived, moment.receivedAt);
    minLagMs = Math.min(minLagMs, moment.receivedAt - moment.at);
  };
  for (const { state, life } of attempts) {
    take(state.first);
    take(state.last);
    take(life.firstBeat);
    take(life.lastBeat);
    firstReceived = Math.min(firstReceived, state.firstReceivedAt ?? Infinity);
    lastReceived = Math.max(
      lastReceived,
      state.lastReceivedAt ?? -Infinity,
      life.lastReceivedAt ?? -Infinity,
    );
    minLagMs = Math.min(minLagMs, state.minLagMs ?? Infinity);
  }
  if (!Number.isFinite(first) || !Number.isFinite(firstReceived)) return undefined;
  return { minLagMs, occurredMs: last - first, receivedMs: lastReceived - firstReceived };
}

/** Reads attempts' times on our clock. One reader per diagnosis: it looks at the run as a whole only once. */
export function clockReader(
  run: RunView,
  context: Context,
  now: Instant,
  policy: Policy,
): (attempt: AttemptView) => ClockFacts {
  const known = new Map<string, ClockFacts>();
  let whole: Span | undefined | null = null;
  const wholeSpan = (): Span | undefined => {
    if (whole === null) whole = spanOf(attemptsOf(run));
    return whole;
  };
  return (attempt) => {
    const cached = known.get(attempt.id);
    if (cached) return cached;
    const facts = read(attempt, run, context, now, policy, wholeSpan);
    known.set(attempt.id, facts);
    return facts;
  };
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
  const { state, life } = attempt;
  const source = state.source ?? run.source;
  const skewMs = context.sources.get(source)?.skewMs ?? 0;
  const span = spanOf([attempt]);
  const lag = span?.minLagMs ?? 0;
  // No import keeps one lag for as long as an estimate of skew needs: what the skew explains was told live, though the
  // first of it may have come in one go, after an outage.
  const explained = skewMs !== 0 && Math.abs(lag + skewMs) <= policy.importLagMs;
  const imported =
    span !== undefined && lag > policy.importLagMs && !explained && wasImported(span, wholeSpan, policy);
  const offsetMs = imported ? -skewMs : liveOffset(skewMs, lag, policy);
  const ours = (at: Instant): Instant => Math.min(at + offsetMs, now) as Instant;
  const told = (moment: Moment): Instant =>
    imported ? ours(moment.at) : (Math.min(moment.receivedAt, now) as Instant);
  const log = state.process;
  const signs = [
    state.last && (imported ? ours(state.last.at) : state.lastReceivedAt),
    life.lastBeat && (imported ? ours(life.lastBeat.at) : life.lastReceivedAt),
    log?.value.lastLogAt === undefined ? undefined : Math.min(ours(log.value.lastLogAt), told(log)),
  ].filter((sign): sign is Instant => sign !== undefined);
  return {
    imported,
    offsetMs,
    note: Math.abs(offsetMs) > policy.skewToldMs ? skewNote(source, offsetMs) : null,
    ours,
    told,
    lastSignAt: signs.length === 0 ? undefined : (Math.min(Math.max(...signs), now) as Instant),
  };
}

function wasImported(own: Span, wholeSpan: () => Span | undefined, policy: Policy): boolean {
  if (own.occurredMs >= TELLING_SPAN_MS) return own.receivedMs * IMPORT_SPEED < own.occurredMs;
  const whole = wholeSpan();
  if (whole && whole.minLagMs > policy.importLagMs && whole.occurredMs >= TELLING_SPAN_MS) {
    return whole.receivedMs * IMPORT_SPEED < whole.occurredMs;
  }
  // A lone message cannot tell a clock that is behind from an import.
  return own.minLagMs > policy.neverBehindMs;
}

/** Where the source's skew is not known, what came live shows it: nothing is received before it happened. */
function liveOffset(skewMs: number, lag: number, policy: Policy): number {
  if (skewMs !== 0) return -skewMs;
  return lag < 0 || lag > policy.importLagMs ? lag : 0;
}

function skewNote(source: string, offsetMs: number): string {
  const way = offsetMs < 0 ? "ahead of" : "behind";
  return `The clock of \`${source}\` is ${formatDuration(Math.abs(offsetMs))} ${way} ours; its times are corrected by that.`;
}
