/**
 * Every threshold of the diagnosis, in one place and as data: its unit, what it is where nobody set another, how far
 * it may be set, and why it is so. A threshold is one entry; nothing else is to be
 * done for it.
 */

/** What a threshold counts. `ms` is told to people as a duration. */
export type Unit =
  | "ms"
  | "intervals"
  | "times"
  | "failures"
  | "attempts"
  | "share"
  | "beats"
  | "steps"
  | "nodes"
  | "verdicts";

export interface Threshold {
  readonly unit: Unit;
  readonly default: number;
  readonly least: number;
  readonly most: number;
  /** What it decides, and where its default comes from. */
  readonly reason: string;
  /** `run` where it cannot differ among the nodes of a run. */
  readonly of: "node" | "run";
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A threshold of a node in ms: none, up to thirty days. */
function duration(byDefault: number, reason: string, of: Threshold["of"] = "node"): Threshold {
  return { unit: "ms", default: byDefault, least: 0, most: 30 * DAY, reason, of };
}

function count(
  unit: Unit,
  byDefault: number,
  [least, most]: readonly [number, number],
  reason: string,
): Threshold {
  return { unit, default: byDefault, least, most, reason, of: "node" };
}

function ofRun(threshold: Threshold): Threshold {
  return { ...threshold, of: "run" };
}

export const thresholds = {
  suspectAfterIntervals: count(
    "intervals",
    2,
    [1, 1_000],
    "Silent for so many beat intervals, plus the slack, is suspect. Two, since one lost beat is everyday.",
  ),
  deadAfterIntervals: count(
    "intervals",
    3,
    [1, 1_000],
    "Silent for so many beat intervals, plus the slack, is dead. Three, so that beats of 10 s tell within 35 s.",
  ),
  beatSlackMs: duration(
    5 * SECOND,
    "Added to both: beats are kept in buckets of 5 s, and a request may take that long.",
  ),
  outputStableMs: duration(60 * SECOND, "Without a write for so long, outputs count as stable."),
  hungGraceMs: duration(
    60 * SECOND,
    "From the last write until a process that still beats counts as hung. As long as outputs take to be stable.",
  ),
  parentGraceMs: duration(
    60 * SECOND,
    "From the end of the last child until a parent whose plan is known, and done, counts as unclosed.",
  ),
  parentWithoutPlanMs: duration(
    10 * MINUTE,
    "The same where no plan is known: more steps might come. Spark and dbt start the next within ten minutes.",
  ),
  neverStartedMs: duration(
    10 * MINUTE,
    "From readiness until a planned node without history counts as never started. As Airflow's task_queued_timeout.",
  ),
  unpromisedSilenceMs: duration(
    24 * HOUR,
    "Silence, where no beat was promised, is worth a word from then on. As Metaflow's cut-off for attempts that never beat.",
  ),
  mtimeToleranceMs: duration(
    SECOND,
    "A file that is so much older than its attempt's start is not its work: stores cut times to whole seconds, no more.",
  ),
  importLagMs: duration(
    10 * MINUTE,
    "A lone message that came so late is taken for an import once nothing has followed it, not for a clock that is behind.",
    "run",
  ),
  neverBehindMs: duration(
    24 * HOUR,
    "A lone message that is older than this on receipt was imported at once: no clock is a day behind.",
    "run",
  ),
  readyDelayFactor: count(
    "times",
    3,
    [1, 1_000],
    "A planned node is late when it waited so many times its longest learned delay.",
  ),
  readyDelayFloorMs: duration(
    60 * SECOND,
    "Never late before this, however prompt it was before: one slow scheduler loop.",
  ),
  failedUpstreamGraceMs: duration(
    60 * SECOND,
    "From an upstream's failure until those behind it count as stuck: the orchestrator may yet retry or close.",
  ),
  retryWindowMs: duration(
    24 * HOUR,
    "A failed try may wait so long for its next one, where tries are left. As Airflow's longest retry delay.",
  ),
  lossGraceMs: duration(
    60 * SECOND,
    "From a failure's report (a lost machine, a killed process) until it counts: another try may start by itself.",
  ),
  jobSucceededGraceMs: duration(
    10 * MINUTE,
    "From a job's success until the run counts as outlived by nothing: Argo gives a task's result ten minutes.",
  ),
  queuePatienceMs: duration(
    10 * MINUTE,
    "In a queue, without an earlier run that tells, until it is worth a word. As Airflow's task_queued_timeout.",
  ),
  imagePullMs: duration(
    5 * MINUTE,
    "Of failing pulls until an image counts as one that cannot be had: the kubelet's longest pause between pulls.",
  ),
  storageRetryMs: duration(
    5 * MINUTE,
    "Storage may be out of reach so long until the attempt counts as stuck: its clients retry for minutes.",
  ),
  cancelGraceMs: duration(
    15 * MINUTE,
    "From the request to cancel until it counts as ignored: clean-up and forced ends of Azure ML come within it.",
  ),
  retryLoopFailures: count(
    "failures",
    3,
    [2, 100],
    "So many failed tries in a row that say the same are a loop: once may be chance, twice a bad machine.",
  ),
  retryLateMs: duration(
    10 * MINUTE,
    "A try may be so late after it was due: one slow scheduler loop of a busy orchestrator.",
  ),
  lostStartMs: duration(
    60 * SECOND,
    "Without a start while the attempt works, until the start counts as lost: senders retry for less than a minute.",
  ),
  skewNotedMs: duration(
    5 * SECOND,
    "Clock skew from which on it is worth a note: the slack of beats. Below it no verdict can turn on it.",
  ),
  recordPeers: count(
    "attempts",
    5,
    [1, 1_000],
    "So many ended attempts of the same source and kind must be known before what one of them lacks can be missed.",
  ),
  recordShare: count(
    "share",
    0.9,
    [0.5, 1],
    "The share of these, of 1, that must tell a part of their record for it to be missed elsewhere.",
  ),
  skewToldMs: duration(
    2 * SECOND,
    "Clock skew from which on a verdict says that it corrected for it.",
    "run",
  ),
  baselineSamples: count(
    "attempts",
    5,
    [2, 100],
    "Finished attempts that must be known before one can be called slow: of fewer, chance says most.",
  ),
  slowSlackMs: duration(
    60 * SECOND,
    "Past the p95 of earlier attempts until one counts as slow: one slow scheduler loop.",
  ),
  idleMs: duration(
    HOUR,
    "Without anything but beats, where no earlier attempt tells, until it is worth a word: an epoch of training.",
  ),
  idleFloorMs: duration(10 * MINUTE, "Never idle before this, however busy it was before."),
  idleFactor: count(
    "times",
    3,
    [1, 1_000],
    "An attempt is idle when nothing moved for so many times the longest pause of its log.",
  ),
  partialOutputMs: duration(
    HOUR,
    "Without a sign of life, or of growth, after some of the outputs came, until the rest is worth a word.",
  ),
  finalizingMs: duration(
    30 * MINUTE,
    "In post-processing, where no earlier attempt tells, until it lingers. Azure ML's uploads give up after 5 min.",
  ),
  uploadRestMs: duration(
    5 * MINUTE,
    "In post-processing, without growth of an output or a line of the log, until it stands still. As Azure ML's uploads give up.",
  ),
  clientRunMs: duration(
    HOUR,
    "Without activity of a run that its client must end, until it is worth a word.",
  ),
  failedCheckMs: duration(
    60 * SECOND,
    "From a failed assertion to when the end that should follow is missed: as long as for outputs at rest.",
  ),
  loopTurns: count(
    "attempts",
    3,
    [2, 100],
    "Executions in a row with the same failing assertion, from which on they are a loop.",
  ),
  heldSteps: ofRun(
    count(
      "steps",
      4_000_000,
      [1_000, 100_000_000],
      "Steps along edges that counting what blockers hold may take; beyond them a count is a lower bound. Four million take some 50 ms.",
    ),
  ),
  judgedPlanned: ofRun(
    count(
      "nodes",
      200,
      [1, 10_000],
      "So many nodes without an attempt, nearest to the blockers first, are judged one by one; of free ones as many again. More than a person reads.",
    ),
  ),
  listed: ofRun(
    count(
      "verdicts",
      1_000,
      [10, 10_000],
      "So many verdicts and blockers a diagnosis lists, the worst first; its headline counts all of them.",
    ),
  ),
} as const satisfies Readonly<Record<string, Threshold>>;

export type ThresholdName = keyof typeof thresholds;

/** A value for each threshold. */
export type Policy = Readonly<Record<ThresholdName, number>>;

/** By name, in the order in which they stand above. */
export const thresholdNames = Object.keys(thresholds).filter(isThresholdName);

/** What holds where nobody set another. */
export const defaultPolicy: Policy = valuesOf(thresholds);

export function isThresholdName(name: string): name is ThresholdName {
  return Object.hasOwn(thresholds, name);
}

function valuesOf<N extends string>(all: Readonly<Record<N, Threshold>>): Readonly<Record<N, number>> {
  const values = Object.entries<Threshold>(all).map(([name, { default: value }]) => [name, value]);
  // The names are those of `all`: the compiler does not follow entries that far.
  return Object.fromEntries(values) as Record<N, number>;
}
