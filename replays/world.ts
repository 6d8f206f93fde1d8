/**
 * Worlds: runs that are made up by chance together with the truth about them, told as producers tell of themselves, by a
 * network that delays, repeats and holds back. A scenario says what one person thought of; a world is what nobody did.
 */
import { days, heldBack, importedAt, minutes, withClock } from "./message.ts";
import { pipeline } from "./producers/custom.ts";
import type { Asked, Json, Received, Scenario } from "./scenario.ts";
import { FAULTS, type FaultKind, KINDS, PATIENCE, SEEN_AFTER } from "./world-faults.ts";
import { killedAt, type Luck, luckOf, promised, type StepTruth, told, type Way } from "./world-told.ts";

export interface World extends Scenario {
  readonly fault: FaultKind;
}

/** The world of a seed. */
export function worldOf(seed: number): World {
  const by = luckOf(seed);
  const p = pipeline(`world-${seed}`);
  const fault = by.odds(0.4) ? "none" : by.one(KINDS);
  const rootInterval = by.odds(0.4) ? by.one([10, 30]) : 0;
  const count = by.whole(2, 7);
  const victim = by.whole(0, count - 1);
  const steps: StepTruth[] = [];
  const log: Received[] = [];
  let broke = Number.POSITIVE_INFINITY;

  for (let n = 0; n < count; n += 1) {
    const key = `step_${n}`;
    const tells = p.step(key);
    const part = p.step("part", { run: tells.id(), name: `${p.above.name}.${key}` });
    const step = stepOf(by, { key, tells, part }, steps, n === victim ? fault : undefined);
    steps.push(step);
    log.push(...told(by, step, n === victim ? fault : "none"));
    if (n === victim) broke = brokeAt(step, fault);
  }
  const edges = Object.fromEntries(
    steps.map((step) => [step.key, steps.filter((s) => s.after.includes(step)).map((s) => s.key)]),
  );
  const goesOn = steps.every((step) => step.reached === "ended");
  const last = Math.max(...steps.map((step) => (step.reached === "nothing" ? 0 : step.end)));
  const rootEnd = last + by.within(0.5, 8);
  const ends = goesOn && fault !== "the run's end was lost";
  if (fault === "the run's end was lost") broke = last;
  const planned = by.odds(0.8);
  const plan = planned ? { jobFacets: p.plan(edges) } : {};
  log.push(p.starts(-by.within(0.1, 3), { ...plan, ...promised(rootInterval) }));
  if (by.odds(0.35)) log.push(...earlierRuns(by, p.above.name, steps, plan));
  // Whoever loses the end of the run is gone by then; otherwise the orchestrator lives on.
  const until = ends || fault === "the run's end was lost" ? rootEnd - 1 : last + minutes(240);
  if (rootInterval > 0) log.push(...p.beats(rootInterval, until, rootInterval));
  if (ends) log.push(p.completes(rootEnd));

  const whole = ends ? rootEnd : last + minutes(200);
  // Some worlds are only told of afterwards, in one go.
  const imports = by.odds(0.2) ? Math.max(60, Math.round(laterThan(by, broke, whole))) : undefined;
  const skew = imports === undefined && by.odds(0.4) ? by.one([-7200, -600, -30, -4, 3, 45, 900, 7200]) : 0;
  const sent = delivered(by, withClock(skew, log));
  const outage = imports === undefined ? outageOf(by, steps, whole, broke) : undefined;
  const held = outage ? heldBack(outage.from, outage.to, sent) : sent;
  const received =
    imports === undefined
      ? held
      : importedAt(
          imports,
          log.filter(({ at }) => at < imports),
        );
  const moments = Array.from({ length: 14 }, (_, i) =>
    i % 2 === 0 ? by.within(1, whole + 120) : momentNear(by, steps, broke),
  );
  const asked = (imports === undefined ? moments : [imports + 1 + received.length / 1000]).flatMap((at) =>
    askedAt(Math.round(Math.max(1, at)), {
      fault,
      broke,
      root: p.above.name,
      planned,
      skew,
      step: steps[victim],
      steps,
      ends: ends ? rootEnd : undefined,
      outage,
      rootInterval,
      isLone: imports !== undefined && received.length === 1,
    }),
  );
  return {
    name: `world ${seed}: ${fault}`,
    origin: "made up by chance",
    run: p.run,
    log: received,
    asked,
    fault,
  };
}

/** The same pipeline on the days before, when all went well: of these it is learned how things usually go. */
function earlierRuns(
  by: Luck,
  name: string,
  steps: readonly StepTruth[],
  plan: { readonly jobFacets?: Json },
): Received[] {
  return [1, 2, 3, 4, 5, 6].flatMap((day) => {
    const p = pipeline(name, { run: `${day} days before` });
    const pace = by.within(0.9, 1.1);
    const then = (at: number): number => at * pace - days(day);
    const own = steps.map((step) => ({
      ...step,
      ...{ tells: p.step(step.key), tried: undefined, reached: "ended" as const },
      ...{ start: then(step.start), writes: then(step.writes), end: then(step.end) },
    }));
    const end = Math.max(...own.map((step) => step.end)) + 2;
    return [p.starts(then(-1), plan), ...own.flatMap((step) => told(by, step, "none")), p.completes(end)];
  });
}

function laterThan(by: Luck, broke: number, whole: number): number {
  return Number.isFinite(broke) && by.odds(0.7) ? broke + by.within(10, 4_000) : by.within(1, whole);
}

function stepOf(
  by: Luck,
  { key, tells, part }: Pick<StepTruth, "key" | "tells" | "part">,
  before: readonly StepTruth[],
  /** Undefined where it is not the one that a fault happens to. */
  happens: FaultKind | undefined,
): StepTruth {
  const fault = happens ?? "none";
  const way: Way =
    happens === undefined && by.odds(0.35) ? by.one(["reused", "sensor", "queued", "mapped"]) : "plain";
  const after = before.filter(() => by.odds(0.45));
  const isGroup = fault === "killed with its group";
  const needsBeats = fault === "killed at work" || isGroup || fault === "hangs after its outputs";
  const interval = needsBeats || by.odds(0.6) ? by.one([10, 10, 30, 60]) : 0;
  const needsOutputs =
    fault === "killed after its outputs" ||
    fault === "hangs after its outputs" ||
    fault === "its end was lost";
  const outputs = Array.from({ length: by.whole(needsOutputs ? 1 : 0, 3) }, (_, i) => `${key}/out_${i}`);
  const ready = Math.max(0, ...after.map((step) => step.end));
  const first = ready + by.within(0.2, 40);
  const mayFail = !isGroup && (way === "plain" || way === "queued");
  const tried = mayFail && by.odds(0.12) ? { from: first, to: first + by.within(2, 120) } : undefined;
  const start = tried ? tried.to + by.within(1, 50) : first;
  const took = by.one([by.within(3, 30), by.within(30, 200), by.within(200, 2_000)]);
  const end = start + (way === "reused" ? 0.4 : took);
  const isReady = after.every((step) => step.reached === "ended");
  const reached =
    !isReady || fault === "never started"
      ? "nothing"
      : fault === "none" || fault === "its end was lost" || fault === "the run's end was lost"
        ? fault === "its end was lost"
          ? "started"
          : "ended"
        : "started";
  return {
    ...{ key, tells, after, way },
    part: isGroup ? part : undefined,
    interval,
    outputs,
    start,
    tried,
    writes: Math.max(start + 1, end - by.within(0.5, 20)),
    end,
    reached,
  };
}

/** When the world went wrong; never, where it did not get there. */
function brokeAt(step: StepTruth, fault: FaultKind): number {
  if (fault === "none" || fault === "the run's end was lost") return Number.POSITIVE_INFINITY;
  if (step.after.some((s) => s.reached !== "ended")) return Number.POSITIVE_INFINITY;
  if (fault === "never started") return Math.max(0, ...step.after.map((s) => s.end));
  if (fault === "killed at work" || fault === "killed with its group") return killedAt(step);
  if (fault === "killed after its outputs" || fault === "hangs after its outputs") return step.writes;
  return step.end;
}

/** Each a little late, a few much later or twice. */
function delivered(by: Luck, log: readonly Received[]): Received[] {
  return log.flatMap((one) => {
    const late = { ...one, at: one.at + (by.odds(0.03) ? by.within(1, 4) : by.within(0, 0.8)) };
    return by.odds(0.04) ? [late, { ...late, at: late.at + by.within(4, 20) }] : [late];
  });
}

interface Outage {
  readonly from: number;
  readonly to: number;
}

/** A time in which nothing comes through; before anything went wrong, so that it is known what there is to be seen. */
function outageOf(by: Luck, steps: readonly StepTruth[], whole: number, broke: number): Outage | undefined {
  if (!by.odds(0.25)) return undefined;
  const from = by.within(5, Math.min(whole, broke) * 0.8);
  const to = from + by.within(20, minutes(15));
  return to + 60 < broke && steps.length > 0 ? { from, to } : undefined;
}

function momentNear(by: Luck, steps: readonly StepTruth[], broke: number): number {
  if (Number.isFinite(broke) && by.odds(0.6)) return broke + by.within(-30, 400);
  const step = steps[by.whole(0, steps.length - 1)];
  if (!step) return 0;
  return by.one([step.start, step.writes, step.end, step.tried?.to ?? step.end]) + by.within(-5, 90);
}

interface Truth {
  readonly planned: boolean;
  readonly skew: number;
  readonly root: string;
  readonly fault: FaultKind;
  readonly broke: number;
  readonly step: StepTruth | undefined;
  readonly steps: readonly StepTruth[];
  readonly ends: number | undefined;
  readonly outage: Outage | undefined;
  readonly rootInterval: number;
  readonly isLone: boolean;
}

/** What is honest at an instant; nothing where the truth cannot be told from what was sent. */
function askedAt(at: number, truth: Truth): Asked[] {
  const { fault, broke, step, ends, outage } = truth;
  // What is held back looks like a death where fewer than two keep a rhythm, and what comes of it in one go looks
  // like an import until some of it was told live.
  if (outage && at > outage.from - 70 && at < outage.to + 5 + (Math.abs(truth.skew) >= 600 ? 300 : 0))
    return [];
  if (ends !== undefined && at > ends + 6) return [{ at, state: "finished" }];
  if (ends !== undefined && at > ends - 1) return [];
  if (at < broke) return [{ at, state: ["progressing", "waiting", "slow", "unknown"] }];
  // A start alone cannot be told from one of a clock that is behind.
  if (!step || truth.isLone) return [];
  // Of a step that no plan speaks of nothing is missed, and in place of one that failed others may come.
  if (!truth.planned && (fault === "never started" || fault === "failed for good")) return [];
  // Without a plan more steps might come.
  const patience = truth.planned ? SEEN_AFTER[fault] : Math.max(SEEN_AFTER[fault], PATIENCE[fault] ?? 0);
  const seen = broke + patience + 3.5 * Math.max(step.interval, truth.rootInterval);
  if (at < seen) return [];
  const waited = truth.steps.some((s) => s.after.includes(step) && s.reached === "nothing");
  // What nothing waits for is in nobody's way while others work, and before they end no run with a failure can close.
  const isKilled = fault === "killed at work" || fault === "killed with its group";
  // What was never started may wait for a slot while others are at work, and for a while after.
  const isPatient = fault === "failed for good" || fault === "never started" || (!waited && !isKilled);
  if (isPatient && others(truth, at)) return [];
  const atRoot = fault === "the run's end was lost" || (fault === "failed for good" && !waited);
  const behind = truth.steps.filter((s) => s !== step).map((s) => s.key);
  return [
    {
      at,
      state: ["stuck", "suspect"],
      holds: {
        ...Object.fromEntries(behind.map((key) => [key, BEHIND])),
        ...(step.part && { [step.key]: ["nothing", "silent-heartbeat?"] }),
        [step.part ? `${step.key}/part` : step.key]:
          atRoot || fault === "failed for good" ? ["nothing"] : [...FAULTS[fault]],
        [truth.root]: atRoot ? ["unclosed-parent", "silent-heartbeat"] : ["unclosed-parent?"],
      },
    },
  ];
}

const BEHIND = ["failed-upstream?", "blocked-upstream?"];

/** Others are at work still: what lost its word is not in the way. */
function others({ steps, step, fault }: Truth, at: number): boolean {
  return steps.some(
    (s) => s !== step && s.reached !== "nothing" && s.start < at && at < s.end + SEEN_AFTER[fault],
  );
}
