import { type Row, rmse, type Weights } from "../numbers.ts";
import { runStep } from "../step.ts";

/** Averages the shards' models, and measures the average on rows that none of them saw. */
await runStep(async ({ assignment, progress, read }) => {
  const [featuresPath = "", ...modelPaths] = assignment.inputs;
  const rows = await read<Row[]>(featuresPath);
  const models: Weights[] = [];
  for (const [i, path] of modelPaths.entries()) {
    models.push((await read<{ weights: Weights }>(path)).weights);
    await progress(i + 1, modelPaths.length);
  }
  const size = models[0]?.length ?? 0;
  const weights = Array.from(
    { length: size },
    (_, c) => models.reduce((sum, m) => sum + (m[c] ?? 0), 0) / models.length,
  );
  const unseen = rows.slice(Math.floor(rows.length * 0.8));
  return { weights, rmse: rmse(weights, unseen), rows: unseen.length };
});
