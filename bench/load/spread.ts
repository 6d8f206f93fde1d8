import { createHistogram } from "node:perf_hooks";
import type { Spread } from "./load.ts";

/** Durations, gathered in a histogram of fixed size with three figures that count. */
export class Durations {
  readonly #histogram = createHistogram({ figures: 3 });

  add(ms: number): void {
    this.#histogram.record(Math.max(1, Math.round(ms * 1000)));
  }

  /** In ms; not a number where nothing was gathered. */
  spread(): Spread {
    const at = (percent: number): number =>
      this.#histogram.count === 0 ? Number.NaN : this.#histogram.percentile(percent) / 1000;
    return { p50: at(50), p95: at(95), p99: at(99), max: at(100) };
  }
}
