import type { Row } from "../numbers.ts";
import { runStep } from "../step.ts";

/** How columns are brought to one scale. */
const SCALING: "standard" | "range" = "standard";

/** Brings each column to one scale, so that descent is as steep in every direction. */
await runStep(async ({ assignment, progress, read }) => {
  const rows = await read<Row[]>(assignment.inputs[0] ?? "");
  const columns = rows[0]?.x.length ?? 0;
  const scales = Array.from({ length: columns }, (_, column) =>
    scaleOf(rows.map((row) => row.x[column] ?? 0)),
  );
  const out: Row[] = [];
  for (const [i, { x, y }] of rows.entries()) {
    out.push({ y, x: x.map((value, c) => (value - (scales[c]?.from ?? 0)) / (scales[c]?.by ?? 1)) });
    if (i % 500 === 499) await progress(i + 1, rows.length);
  }
  return out;
});

function scaleOf(values: readonly number[]): { from: number; by: number } {
  if (SCALING === "range") {
    const least = Math.min(...values);
    return { from: least, by: Math.max(...values) - least };
  }
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
  return { from: mean, by: Math.sqrt(variance) };
}
