/**
 * Every threshold of the diagnosis, with its unit and where it comes from. One value, so that a pipeline or a node
 * can be given another.
 */
export interface Policy {
  /** Beats: silent for so many intervals (plus the slack) is suspect. RULES: two, since one lost beat is everyday. */
  readonly suspectAfterIntervals: number;
  /** Beats: silent for so many intervals (plus the slack) is dead. RULES: three, so that 10 s beats tell in 35 s. */
  readonly deadAfterIntervals: number;
  /** ms. Added to both: our beats are kept in buckets of 5 s, and a request may take that long. */
  readonly beatSlackMs: number;
  /** ms without a write until outputs count as stable. RULES: 60 s. */
  readonly outputStableMs: number;
  /** ms from the last write until a process that still beats counts as hung: as long as for lost completion. */
  readonly hungGraceMs: number;
  /** ms from the end of the last child until a parent with a known, exhausted plan counts as unclosed. */
  readonly parentGraceMs: number;
  /** ms, the same where no plan is known: more steps might come. Ten minutes: Spark and dbt start the next within it. */
  readonly parentWithoutPlanMs: number;
  /** ms from readiness until a planned node without history counts as never started. Airflow's task_queued_timeout: 600 s. */
  readonly neverStartedMs: number;
  /** ms of silence, where no beat was promised, until it is worth a word. Metaflow's cut-off for attempts that never beat: one day. */
  readonly unpromisedSilenceMs: number;
  /** ms that a file may be older than its attempt's start: file systems keep times to a second or two. */
  readonly mtimeToleranceMs: number;
  /** ms between happening and receiving from which on an attempt may have been imported. */
  readonly importLagMs: number;
  /** A planned node is late when it waited so many times its longest learned delay. */
  readonly readyDelayFactor: number;
  /** ms. Never late before this, however prompt it was before: one slow scheduler loop. */
  readonly readyDelayFloorMs: number;
  /** ms from an upstream's failure until those behind it count as stuck: the orchestrator may yet retry or close. */
  readonly failedUpstreamGraceMs: number;
  /** ms that a failed try may wait for its next one, where tries are left. Airflow's longest retry delay: 24 h. */
  readonly retryWindowMs: number;
  /** ms from a failure's report (a lost machine, a killed process) until it counts: another try may start by itself. */
  readonly lossGraceMs: number;
  /** ms from a job's success until the run counts as outlived by nothing: Argo gives a task's result 10 minutes. */
  readonly jobSucceededGraceMs: number;
  /** ms in a queue, without an earlier run that tells, until it is worth a word. Airflow's task_queued_timeout: 600 s. */
  readonly queuePatienceMs: number;
  /** ms of failing pulls until an image counts as one that cannot be had: the kubelet's longest pause between pulls. */
  readonly imagePullMs: number;
  /** ms that storage is out of reach until the attempt counts as stuck: storage clients retry by themselves for minutes. */
  readonly storageRetryMs: number;
  /** ms from the request to cancel until it counts as ignored: clean-up and forced ends of Azure ML come within it. */
  readonly cancelGraceMs: number;
  /** Failed tries in a row that say the same, from which on they are a loop: once may be chance, twice a bad machine. */
  readonly retryLoopFailures: number;
  /** ms that a try may be late after it was due: one slow scheduler loop of a busy orchestrator. */
  readonly retryLateMs: number;
  /** ms without a start while the attempt works, until the start counts as lost: senders retry for less than a minute. */
  readonly lostStartMs: number;
  /** ms of clock skew from which on it is worth a note: the slack of beats. Below it no verdict can turn on it. */
  readonly skewNotedMs: number;
  /** Ended attempts of the same source and kind that must be known before what one of them lacks can be missed. */
  readonly recordPeers: number;
  /** The share of these, of 1, that must tell a part of their record for it to be missed elsewhere. */
  readonly recordShare: number;
  /** ms of clock skew from which on a verdict says that it corrected for it. */
  readonly skewToldMs: number;
  /** Finished attempts that must be known before one can be called slow. RULES: five. */
  readonly baselineSamples: number;
  /** ms past the p95 of earlier attempts until one counts as slow: one slow scheduler loop. */
  readonly slowSlackMs: number;
  /** ms without anything but beats, where no earlier attempt tells, until it is worth a word: an epoch of training. */
  readonly idleMs: number;
  /** ms. Never idle before this, however busy it was before. */
  readonly idleFloorMs: number;
  /** An attempt is idle when nothing moved for so many times the longest pause of its log. */
  readonly idleFactor: number;
  /** ms without a sign of life, or of growth, after some of the outputs came, until the rest is worth a word. */
  readonly partialOutputMs: number;
  /** ms in post-processing, where no earlier attempt tells, until it lingers. Azure ML's uploads give up after 5 min. */
  readonly finalizingMs: number;
  /** ms without activity of a run that its client must end, until it is worth a word. */
  readonly clientRunMs: number;
  /** ms from a failed assertion to when the end that should follow is missed: as long as for outputs at rest. */
  readonly failedCheckMs: number;
  /** Executions in a row with the same failing assertion, from which on they are a loop. RULES: three. */
  readonly loopTurns: number;
  /** Regular beats that an earlier attempt or this one must have kept for a rhythm to count. RULES guard 2: five. */
  readonly learnedBeats: number;
  /**
   * Steps along edges, in all, that counting what blockers hold may take; beyond them a count is a lower bound.
   * Four million take about 50 ms, and are enough for 40 different blockers that each hold 30,000 nodes.
   */
  readonly heldSteps: number;
  /**
   * Nodes without an attempt, nearest to the blockers first, that are judged one by one; of free ones as many again.
   * The panel of a node asks for any other (diagnoseNode). More than a person reads, few enough to stay fast.
   */
  readonly judgedPlanned: number;
  /** Verdicts and blockers that a diagnosis lists, the worst first; its headline counts all of them. */
  readonly listed: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The thresholds that hold where nobody set others. */
export const defaultPolicy: Policy = {
  suspectAfterIntervals: 2,
  deadAfterIntervals: 3,
  beatSlackMs: 5 * SECOND,
  outputStableMs: 60 * SECOND,
  hungGraceMs: 60 * SECOND,
  parentGraceMs: 60 * SECOND,
  parentWithoutPlanMs: 10 * MINUTE,
  neverStartedMs: 10 * MINUTE,
  unpromisedSilenceMs: 24 * HOUR,
  mtimeToleranceMs: 2 * SECOND,
  importLagMs: 10 * MINUTE,
  readyDelayFactor: 3,
  readyDelayFloorMs: 60 * SECOND,
  failedUpstreamGraceMs: 60 * SECOND,
  retryWindowMs: 24 * HOUR,
  lossGraceMs: 60 * SECOND,
  jobSucceededGraceMs: 10 * MINUTE,
  queuePatienceMs: 10 * MINUTE,
  imagePullMs: 5 * MINUTE,
  storageRetryMs: 5 * MINUTE,
  cancelGraceMs: 15 * MINUTE,
  retryLoopFailures: 3,
  retryLateMs: 10 * MINUTE,
  lostStartMs: 60 * SECOND,
  skewNotedMs: 5 * SECOND,
  recordPeers: 5,
  recordShare: 0.9,
  skewToldMs: 2 * SECOND,
  baselineSamples: 5,
  slowSlackMs: 60 * SECOND,
  idleMs: HOUR,
  idleFloorMs: 10 * MINUTE,
  idleFactor: 3,
  partialOutputMs: HOUR,
  finalizingMs: 30 * MINUTE,
  clientRunMs: HOUR,
  failedCheckMs: 60 * SECOND,
  loopTurns: 3,
  learnedBeats: 5,
  heldSteps: 4_000_000,
  judgedPlanned: 200,
  listed: 1_000,
};
