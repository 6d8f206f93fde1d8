import type { Instant } from "../../base/instant.ts";
import type { Sample } from "../../diagnosis/baseline.ts";
import type { RunView } from "../../projections/run-view.ts";
import type { Statements } from "../database.ts";
import { indexable } from "../indexable.ts";
import type { Questions } from "./questions.ts";

/** What is kept of the finished attempts of a run's steps, by the keys of the nodes that are measured by them. */
export async function loadSamples(
  db: Statements,
  { pipeline }: RunView,
  asked: Questions["samples"],
  until: Instant,
): Promise<Map<string, readonly Sample[]>> {
  const found = new Map<string, readonly Sample[]>();
  if (asked.size === 0) return found;
  const rows = await db.$queryRaw<{ node: string; samples: Sample[] }[]>`
    SELECT node, samples FROM baseline
    WHERE namespace = ${indexable(pipeline.namespace)} AND pipeline = ${indexable(pipeline.name)}
      AND node = ANY(${[...asked.keys()]}::text[])`;
  for (const row of rows) {
    const samples = row.samples.filter((s) => s.endedAt <= until);
    if (samples.length > 0) for (const key of asked.get(row.node) ?? []) found.set(key, samples);
  }
  return found;
}
