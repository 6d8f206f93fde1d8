import type { SpreadResource } from "../../contract/pipelines.ts";
import { baselineKey, learn, type Sample } from "../../diagnosis/baseline.ts";
import { defaultPolicy } from "../../diagnosis/policy.ts";
import type { Statements } from "../database.ts";
import { indexable } from "../indexable.ts";

/** How long the steps of a pipeline usually take, by what the diagnosis measures them by; null of one that is not known. */
export async function loadUsual(
  db: Statements,
  namespace: string,
  pipeline: string,
): Promise<(nodeKey: string) => SpreadResource | null> {
  const rows = await db.$queryRaw<{ node: string; samples: Sample[] }[]>`
    SELECT node, samples FROM baseline WHERE namespace = ${namespace} AND pipeline = ${pipeline}`;
  const known = new Map(rows.map(({ node, samples }) => [node, samples]));
  return (key) => usualOf(known.get(indexable(baselineKey(key))) ?? []);
}

/** What is usual whatever the parameters: those of the next run are not known. */
export function usualOf(samples: readonly Sample[]): SpreadResource | null {
  const { duration } = learn(samples, null, defaultPolicy.baselineSamples);
  return duration ? { samples: duration.count, medianMs: duration.median, p95Ms: duration.p95 } : null;
}
