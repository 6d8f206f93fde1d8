import type { Weights } from "../numbers.ts";
import { runStep } from "../step.ts";

/** Writes the model with its score where a service would look for it. */
await runStep(async ({ assignment, progress, read }) => {
  const { weights, rmse } = await read<{ weights: Weights; rmse: number }>(assignment.inputs[0] ?? "");
  await progress(1, 1);
  return { model: "flat-prices", score: rmse, weights };
});
