import type { BaselineResource } from "../../contract/nodes.ts";
import type { Baseline, Range } from "../../diagnosis/baseline.ts";

/** What is usual for a node, as its panel shows it. */
export function baselineToWire(baseline: Baseline): BaselineResource {
  const { samples, sameParameters } = baseline;
  const range = (of: Range | undefined) => of ?? null;
  return {
    samples,
    sameParameters,
    durationMs: range(baseline.duration),
    delayMs: range(baseline.delay),
    beatIntervalMs: range(baseline.beatInterval),
    finalizingMs: range(baseline.finalizing),
    logGapMs: range(baseline.logGap),
    afterOutputsMs: range(baseline.afterOutputs),
    outputs: range(baseline.outputs),
  };
}
