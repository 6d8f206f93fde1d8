/** How much each row sends, stores or asks. */
export interface Sizes {
  /** Events sent one by one; before them, as many that are not measured. */
  readonly singles: number;
  readonly warmUp: number;
  /** Events sent in batches, in each of the two forms. */
  readonly batched: number;
  /** Seconds of a steady 500 events/s. */
  readonly steadySeconds: number;
  /** Attempts that beat every 10 s, and how many hours of that. */
  readonly beatingAttempts: number;
  readonly beatHours: number;
  /** Events after which memory is looked at. */
  readonly memoryEvents: number;
  /** Nodes of the runs that are judged; over HTTP in all shapes up to so many, above in one. */
  readonly diagnosed: readonly number[];
  readonly allShapesUpTo: number;
  /** How often each is judged, and asked for; a quarter of it where it has more than 100,000 nodes. */
  readonly diagnoses: number;
  readonly frontierSamples: number;
  /** Processes that are killed, for each way of dying. */
  readonly killed: number;
  /** Runs that are stored, and how often each list is asked for. */
  readonly listed: number;
  readonly listSamples: number;
  /** Nodes of the graphs that are drawn, and how often each is opened, on a first shape and on a known one. */
  readonly drawn: readonly number[];
  readonly openings: number;
  /** Nodes of a chain, of the run whose timeline is shown, and how often a node of that run is opened. */
  readonly chained: number;
  readonly timelined: number;
  readonly panels: number;
  /** Seconds for which each gesture lasts, and for which a page follows a live run. */
  readonly gestureSeconds: number;
  readonly followedSeconds: number;
}

export const FULL: Sizes = {
  singles: 20_000,
  warmUp: 3_000,
  batched: 30_000,
  steadySeconds: 60,
  beatingAttempts: 2_000,
  beatHours: 3,
  memoryEvents: 1_000_000,
  diagnosed: [1_000, 30_000, 300_000],
  allShapesUpTo: 30_000,
  diagnoses: 20,
  frontierSamples: 20,
  killed: 5,
  listed: 1_000_000,
  listSamples: 20,
  drawn: [1_000, 5_000, 10_000],
  openings: 3,
  chained: 2_000,
  timelined: 30_000,
  panels: 20,
  gestureSeconds: 8,
  followedSeconds: 600,
};

/** To try the bench itself: the figures of so little say little. */
export const QUICK: Sizes = {
  singles: 2_000,
  warmUp: 500,
  batched: 4_000,
  steadySeconds: 10,
  beatingAttempts: 1_000,
  beatHours: 0.5,
  memoryEvents: 20_000,
  diagnosed: [1_000, 30_000],
  allShapesUpTo: 1_000,
  diagnoses: 5,
  frontierSamples: 5,
  killed: 2,
  listed: 100_000,
  listSamples: 5,
  drawn: [1_000],
  openings: 1,
  chained: 2_000,
  timelined: 5_000,
  panels: 5,
  gestureSeconds: 3,
  followedSeconds: 30,
};
