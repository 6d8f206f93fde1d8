/** What a generator is told to send, and what it tells of it: the two sides of `run-load.ts` and `generator.ts`. */
export interface Load {
  readonly url: string;
  readonly bodies: Bodies;
  readonly pace: Pace;
}

export type Bodies =
  /** One event a body. */
  | { readonly kind: "events"; readonly firstRun: number; readonly count: number; readonly at: number }
  /** Many events a body, as an array or a line each. */
  | {
      readonly kind: "batches";
      readonly form: "array" | "lines";
      readonly size: number;
      readonly firstRun: number;
      readonly count: number;
      readonly at: number;
      /** Make each body when it is its turn: for more than fits in memory. */
      readonly late?: boolean;
    }
  /** Beats of `attempts` attempts, every 10 s from `at` on, `turns` times; all of one turn in bodies of `size`. */
  | {
      readonly kind: "beats";
      readonly attempts: number;
      readonly turns: number;
      readonly size: number;
      readonly at: number;
    };

export type Pace =
  /** Each connection sends its next body when it has its answer. */
  | { readonly kind: "closed"; readonly connections: number }
  /** A body every so often, whatever became of those before. */
  | { readonly kind: "steady"; readonly perSecond: number };

export interface Outcome {
  /** Events or beats that were acknowledged, and those in bodies that were not. */
  readonly taken: number;
  readonly refused: number;
  /** Bytes of the bodies that were acknowledged. */
  readonly bytes: number;
  readonly seconds: number;
  /** Of each body, from when it was meant to be sent to the end of its answer. */
  readonly latencyMs: Spread;
  /** What the generator itself took of a core. */
  readonly cpuSeconds: number;
  /** How the first body that was not acknowledged was answered. */
  readonly complaint?: string;
}

export interface Spread {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}
