import type { Instant } from "../../base/instant.ts";
import { baselineKey, type Sample } from "../../diagnosis/baseline.ts";
import { isSettled, type NodeView, type RunView } from "../../projections/run-view.ts";
import type { Statements } from "../database.ts";
import { indexable } from "../indexable.ts";

/** Steps whose samples are read at most; instances of a mapped step are one. Those under way come first. */
const MOST = 1_000;

/** What is kept of the finished attempts of a run's open nodes, and of one more where it is asked for; by node key. */
export async function loadSamples(
  db: Statements,
  run: RunView,
  until: Instant,
  asked?: string,
): Promise<Map<string, readonly Sample[]>> {
  const all = run.nodes.has(run.root.key) ? [...run.nodes.values()] : [run.root, ...run.nodes.values()];
  const open = all.filter((node) => node.key === asked || mayBeLate(node, run));
  const rank = (node: NodeView): number => (node.key === asked ? 0 : node.status === "running" ? 1 : 2);
  open.sort((a, b) => rank(a) - rank(b));
  const names = [...new Set(open.map((node) => indexable(baselineKey(node.key))))].slice(0, MOST);
  const found = new Map<string, readonly Sample[]>();
  if (names.length === 0) return found;
  const rows = await db.$queryRaw<{ node: string; samples: Sample[] }[]>`
    SELECT node, samples FROM baseline
    WHERE namespace = ${indexable(run.pipeline.namespace)} AND pipeline = ${indexable(run.pipeline.name)}
      AND node = ANY(${names}::text[])`;
  const known = new Map(rows.map((row) => [row.node, row.samples.filter((s) => s.endedAt <= until)]));
  for (const { key } of open) {
    const samples = known.get(indexable(baselineKey(key)));
    if (samples && samples.length > 0) found.set(key, samples);
  }
  return found;
}

/** Under way, or free to start: what waits for others is not measured. */
function mayBeLate({ status, upstream }: NodeView, run: RunView): boolean {
  if (status !== "planned") return !isSettled(status);
  return upstream.every((key) => isSettled(run.nodes.get(key)?.status ?? "completed"));
}
