/** The little mathematics of the demo: seeded numbers, and a linear model that is really trained. */

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One observation: what is known, and what is to be foretold. */
export interface Row {
  readonly x: readonly number[];
  readonly y: number;
}

/** A linear model: a weight for each column, and the bias last. */
export type Weights = readonly number[];

function predict(weights: Weights, x: readonly number[]): number {
  return x.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), weights[x.length] ?? 0);
}

/** One pass of stochastic gradient descent over the rows. */
export function descend(weights: Weights, rows: readonly Row[], rate: number): Weights {
  const next = [...weights];
  for (const { x, y } of rows) {
    const error = predict(next, x) - y;
    x.forEach((value, i) => {
      next[i] = (next[i] ?? 0) - rate * error * value;
    });
    next[x.length] = (next[x.length] ?? 0) - rate * error;
  }
  return next;
}

/** The root of the mean squared error. */
export function rmse(weights: Weights, rows: readonly Row[]): number {
  const sum = rows.reduce((total, { x, y }) => total + (predict(weights, x) - y) ** 2, 0);
  return Math.sqrt(sum / Math.max(rows.length, 1));
}
