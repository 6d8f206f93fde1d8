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
  /** ms of clock skew from which on a verdict says that it corrected for it. */
  readonly skewToldMs: number;
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
  skewToldMs: 2 * SECOND,
  learnedBeats: 5,
  heldSteps: 4_000_000,
  judgedPlanned: 200,
  listed: 1_000,
};
