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
}

export const FULL: Sizes = {
  singles: 20_000,
  warmUp: 3_000,
  batched: 30_000,
  steadySeconds: 60,
  beatingAttempts: 2_000,
  beatHours: 3,
  memoryEvents: 1_000_000,
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
};
