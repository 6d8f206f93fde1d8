import type { Instant } from "../base/instant.ts";
import type { Moment } from "../projections/register.ts";
import type { AttemptView } from "../projections/run-view.ts";
import type { ClockFacts } from "./clock-facts.ts";
import type { Policy } from "./policy.ts";

/** Something that the compute layer said of an attempt. */
export interface ComputeReport {
  readonly kind: string;
  /** When it happened, on our clock: the newest report of its kind. */
  readonly at: Instant;
  /** When the first report of its kind says that it happened. */
  readonly firstAt: Instant;
  readonly target: string | undefined;
  readonly message: string | undefined;
  readonly count: number | undefined;
  readonly eventId: string;
  /** The attempt itself gave a sign of life after it. */
  readonly lifeSince: boolean;
}

/** What the compute layer and the process itself told of an attempt's end. */
export interface ComputeFacts {
  /** By kind. */
  readonly reports: ReadonlyMap<string, ComputeReport>;
  /** With what the process ended, where that is told. */
  readonly exit:
    | { readonly code: number; readonly at: Instant; readonly eventId: string; readonly lifeSince: boolean }
    | undefined;
  /** When its work last showed: a write, a step of progress, a start. Beats are no work. Our clock. */
  readonly lastWorkAt: Instant | undefined;
}

const NOTHING: ComputeFacts = { reports: new Map(), exit: undefined, lastWorkAt: undefined };

/** Reads what was told of the machines and the process that an attempt works on. */
export function computeFacts(
  attempt: AttemptView | undefined,
  clock: ClockFacts | undefined,
  policy: Policy,
): ComputeFacts {
  return attempt && clock ? new Reports(attempt, clock, policy) : NOTHING;
}

/** Of most attempts nothing was reported, and then nobody asks when they last worked. */
class Reports implements ComputeFacts {
  readonly #attempt: AttemptView;
  readonly #clock: ClockFacts;
  readonly reports: ComputeFacts["reports"];
  readonly exit: ComputeFacts["exit"];

  constructor(attempt: AttemptView, clock: ClockFacts, policy: Policy) {
    this.#attempt = attempt;
    this.#clock = clock;
    const { compute, exit } = attempt.state;
    const lifeSince = lifeReader(attempt, policy);
    const told = Object.entries(compute);
    this.reports =
      told.length === 0
        ? NOTHING.reports
        : new Map(told.map(([kind, report]) => [kind, reportOf(kind, report, attempt, clock, lifeSince)]));
    this.exit = exit && {
      code: exit.value,
      at: clock.told(exit),
      eventId: exit.messageId,
      lifeSince: lifeSince(exit),
    };
  }

  get lastWorkAt(): Instant | undefined {
    const work = workOf(this.#attempt);
    return work.length === 0
      ? undefined
      : this.#clock.ours(Math.max(...work.map((sign) => sign.at)) as Instant);
  }
}

function reportOf(
  kind: string,
  report: AttemptView["state"]["compute"][string],
  { state }: AttemptView,
  clock: ClockFacts,
  lifeSince: (told: Moment) => boolean,
): ComputeReport {
  const { target, message, count } = report.value;
  const at = clock.ours(report.at);
  const first = state.computeFirst?.[kind];
  return {
    kind,
    at,
    firstAt: first ? clock.ours(first.at) : at,
    target,
    message,
    count,
    eventId: report.messageId,
    lifeSince: lifeSince(report),
  };
}

/** Whether an attempt gave a sign of life after something was told of it. */
function lifeReader(attempt: AttemptView, policy: Policy): (told: Moment) => boolean {
  return (told) =>
    // A message about a dead machine may itself be sent as a sign of life: it is none.
    [...workOf(attempt), ...signsOf(attempt)].some(
      (sign) => sign.messageId !== told.messageId && sign.at > told.at + policy.beatSlackMs,
    );
}

type Sign = Pick<Moment, "at" | "messageId">;

/** What only work that goes on leaves behind. What a probe of the store saw was there without the attempt. */
function workOf({ state, life }: AttemptView): Sign[] {
  const signs: (Sign | undefined)[] = [state.started, state.resumed, life.progress];
  for (const { written, grew } of Object.values(state.outputs)) {
    signs.push(grew);
    if (written && written.value.seenBy === undefined) {
      signs.push({ at: written.value.modifiedAt ?? written.at, messageId: written.messageId });
    }
  }
  return signs.filter((sign) => sign !== undefined);
}

function signsOf({ state, life }: AttemptView): Sign[] {
  const log = state.process;
  const signs: (Sign | undefined)[] = [
    life.lastBeat,
    log?.value.lastLogAt === undefined ? undefined : { at: log.value.lastLogAt, messageId: log.messageId },
  ];
  return signs.filter((sign) => sign !== undefined);
}

/** The newest report of any of these kinds. */
export function newestReport(compute: ComputeFacts, kinds: Iterable<string>): ComputeReport | undefined {
  let newest: ComputeReport | undefined;
  for (const kind of kinds) {
    const report = compute.reports.get(kind);
    if (report && (newest === undefined || report.at > newest.at)) newest = report;
  }
  return newest;
}
