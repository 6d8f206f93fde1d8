import type { Instant } from "../../base/instant.ts";
import { mergeSamples, type Sample } from "../../diagnosis/baseline.ts";
import { type NodeSample, sampleRun } from "../../diagnosis/sample-run.ts";
import type { Database, Statements } from "../database.ts";
import { indexable } from "../indexable.ts";
import type { Judged } from "./judge-run.ts";

/** Steps of one transaction. */
const PAGE = 500;
/** What was received while the last diagnosis was made may not have been part of it, ms. */
const OVERLAP = 60_000;

/**
 * Keeps what the attempts teach that ended since the run was last judged. Several servers may do so at once, and each
 * more than once: what is kept is the same (mergeSamples), and rows are locked in one order.
 */
export async function saveSamples(db: Database, judged: Judged, lastJudgedAt: Instant | null): Promise<void> {
  const { run, context, at } = judged;
  const since = lastJudgedAt === null ? undefined : ((lastJudgedAt - OVERLAP) as Instant);
  const [namespace, pipeline] = [indexable(run.pipeline.namespace), indexable(run.pipeline.name)];
  await keepSamples(db, { namespace, pipeline }, sampleRun(run, context, at, since));
}

/** Merges samples into what is kept of a pipeline. Of runs that are learned anew what was kept before is dropped first. */
export async function keepSamples(
  db: Database,
  of: Pipeline,
  samples: readonly NodeSample[],
  anew: ReadonlySet<string> = new Set(),
): Promise<void> {
  const byNode = Map.groupBy(samples, ({ node }) => indexable(node));
  if (anew.size > 0) {
    // Steps of which nothing is learned any more have to forget as well.
    const rows = await db.baseline.findMany({ where: { ...of }, select: { node: true } });
    for (const { node } of rows) if (!byNode.has(node)) byNode.set(node, []);
  }
  const nodes = [...byNode].sort(([a], [b]) => (a < b ? -1 : 1));
  for (let i = 0; i < nodes.length; i += PAGE) await savePage(db, of, nodes.slice(i, i + PAGE), anew);
}

/** As the columns hold its names. */
interface Pipeline {
  readonly namespace: string;
  readonly pipeline: string;
}

async function savePage(
  db: Database,
  { namespace, pipeline }: Pipeline,
  page: readonly [string, readonly NodeSample[]][],
  anew: ReadonlySet<string>,
): Promise<void> {
  const names = page.map(([node]) => node);
  const learn = async (tx: Statements): Promise<void> => {
    await tx.$executeRaw`
      INSERT INTO baseline (namespace, pipeline, node)
      SELECT ${namespace}, ${pipeline}, n.node FROM unnest(${names}::text[]) AS n(node)
      ON CONFLICT DO NOTHING`;
    const known = await tx.$queryRaw<{ node: string; samples: Sample[] }[]>`
      SELECT node, samples FROM baseline
      WHERE namespace = ${namespace} AND pipeline = ${pipeline} AND node = ANY(${names}::text[])
      ORDER BY node COLLATE "C" FOR UPDATE`;
    const before = new Map(known.map((row) => [row.node, row.samples]));
    const merged = page.map(([node, samples]) => ({
      node,
      samples: mergeSamples(
        (before.get(node) ?? []).filter(({ runId }) => !anew.has(runId)),
        samples.map((s) => s.sample),
      ),
    }));
    await tx.$executeRaw`
      UPDATE baseline b SET samples = m.samples
      FROM jsonb_to_recordset(${JSON.stringify(merged)}::jsonb) AS m(node text, samples jsonb)
      WHERE b.namespace = ${namespace} AND b.pipeline = ${pipeline} AND b.node = m.node AND b.samples <> m.samples`;
  };
  // Where others keep both cores busy, a page of long samples takes longer than a transaction may by default.
  await db.$transaction(learn, { timeout: 60_000 });
}
