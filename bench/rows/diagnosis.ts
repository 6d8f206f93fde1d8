/** How long it takes to say why a large run has not finished: by the pure engine, and over HTTP. */
import { diagnosisResource } from "../../lib/contract/diagnosis.ts";
import type { MeasuredDatabase } from "../../lib/testing/measured-postgres.ts";
import { SHAPES, type Shape, shapedRun } from "../events/shapes.ts";
import type { JudgeJob, JudgeOutcome } from "../load/judge.ts";
import type { Spread } from "../load/load.ts";
import { Durations } from "../load/spread.ts";
import { postEvents, timedGet } from "../post.ts";
import type { Row } from "../row.ts";
import type { Sizes } from "../sizes.ts";
import type { Server, Stage } from "../stage.ts";
import { settle } from "./settle.ts";

/** What the goal speaks of, nodes. */
const GOAL_NODES = 30_000;
const GOAL_MS = 200;
const FRONTIER_NODES = 100_000;
const FRONTIER_MS = 100;
/** A plan of 300,000 nodes is a message of 30 MB. */
const LARGE_BODIES = { UNSTUCK_MAX_BODY_BYTES: String(256 * 1024 ** 2) };
/** Began before it is told, ms: long enough for what is silent to be dead. */
const BEGAN_BEFORE = 120_000;

/** How often a run of a size is asked for. */
function samplesOf(sizes: Sizes, size: number): number {
  return size > 100_000 ? Math.ceil(sizes.diagnoses / 4) : sizes.diagnoses;
}

type Alone = JudgeOutcome | { readonly broke: string };

export async function diagnosisRows(stage: Stage, sizes: Sizes, at: number): Promise<Row[]> {
  const alone: { shape: Shape; size: number; outcome: Alone }[] = [];
  for (const size of sizes.diagnosed) {
    for (const shape of SHAPES)
      alone.push({
        shape,
        size,
        outcome: await judgeAlone(stage, { shape, size, samples: samplesOf(sizes, size), at }),
      });
  }
  const sound = alone.filter(({ outcome }) => !("broke" in outcome));
  const asked = await overHttp(
    stage,
    sizes,
    sound.filter(({ shape, size }) => size <= sizes.allShapesUpTo || shape === "lattice"),
  );
  const engineOf = ({ shape, size }: Asked): number | undefined => {
    const outcome = alone.find((a) => a.shape === shape && a.size === size)?.outcome;
    return outcome && !("broke" in outcome) ? outcome.diagnoseMs.p95 : undefined;
  };
  return [
    ...alone.map(({ shape, size, outcome }) => aloneRow(shape, size, outcome)),
    ...asked.map((one) => httpRow(one, engineOf(one))),
  ];
}

function aloneRow(shape: Shape, size: number, outcome: Alone): Row {
  const what = `the engine alone, ${nodesText(size)}, ${shape}: p95`;
  if ("broke" in outcome) return brokenRow("diagnosis", what, outcome.broke);
  const { diagnoseMs, cpuMs, state } = outcome;
  return {
    group: "diagnosis",
    what,
    measured: { value: diagnoseMs.p95, unit: "ms" },
    notes: [`${sizeText(outcome)}; p50 ${round(diagnoseMs.p50)} ms, CPU ${round(cpuMs)} ms; says ${state}`],
  };
}

function httpRow({ shape, size, again, first, state, bytes }: Asked, engine: number | undefined): Row {
  return {
    group: "diagnosis",
    what: `over HTTP, ${nodesText(size)}, ${shape}: p95`,
    measured: { value: again.p95, unit: "ms" },
    ...(engine !== undefined && { reference: { value: engine, unit: "ms", what: "the engine alone" } }),
    ...(size === GOAL_NODES && { goal: { of: "measured", is: "at most", limit: GOAL_MS } }),
    notes: [
      `p50 ${round(again.p50)} ms; the first answer of a new process ${round(first)} ms; ` +
        `says ${state}, in ${Math.round(bytes / 1000).toLocaleString("en-US")} kB`,
    ],
  };
}

function brokenRow(group: Row["group"], what: string, broke: string): Row {
  return { group, what, measured: { value: Number.NaN, unit: "ms" }, notes: [`it broke: ${broke}`] };
}

export async function frontierRows(stage: Stage, sizes: Sizes, at: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const shape of SHAPES) {
    const job = { shape, size: FRONTIER_NODES, samples: sizes.frontierSamples, at };
    const outcome = await judgeAlone(stage, job);
    const what = `the frontier of ${nodesText(FRONTIER_NODES)}, ${shape}: p95`;
    const goal = { of: "measured", is: "at most", limit: FRONTIER_MS } as const;
    if ("broke" in outcome) {
      rows.push({ ...brokenRow("frontier", what, outcome.broke), goal });
      continue;
    }
    const { graphMs, frontierMs } = outcome;
    rows.push({
      group: "frontier",
      what,
      measured: { value: graphMs.p95, unit: "ms" },
      goal,
      notes: [
        `${sizeText(outcome)}; from the assembled run, its graph included: ` +
          `p50 ${round(graphMs.p50)} ms, of which the frontier itself ${round(frontierMs.p50)} ms`,
      ],
    });
  }
  return rows;
}

async function judgeAlone(stage: Stage, job: JudgeJob): Promise<Alone> {
  const child = stage.child("bench/load/judge.ts", {
    args: [JSON.stringify(job)],
    node: ["--max-old-space-size=8192"],
  });
  return JSON.parse(await child.line()) as Alone;
}

interface Asked {
  readonly shape: Shape;
  readonly size: number;
  readonly again: Spread;
  /** The first answer of a process that has answered for other runs only, ms. */
  readonly first: number;
  readonly state: string;
  readonly bytes: number;
}

async function overHttp(
  stage: Stage,
  sizes: Sizes,
  wanted: readonly { shape: Shape; size: number }[],
): Promise<Asked[]> {
  const database = await stage.database();
  const filling = await stage.productServer(database, LARGE_BODIES);
  const runs: { shape: Shape; size: number; run: ReturnType<typeof shapedRun> }[] = [];
  for (const { shape, size } of wanted) {
    const run = shapedRun(shape, size, runs.length + 1, Date.now() - BEGAN_BEFORE);
    await postEvents(filling.url, run.events);
    runs.push({ shape, size, run });
  }
  await settle(database);
  await filling.end();
  await callOffBackgroundWork(database);
  await database.rows("VACUUM ANALYZE");
  // A new process has kept nothing of the runs that it was told of.
  const server = await stage.productServer(database, LARGE_BODIES);
  const asked: Asked[] = [];
  for (const { shape, size, run } of runs)
    asked.push({ shape, size, ...(await ask(server, database, run, samplesOf(sizes, size))) });
  await server.end();
  return asked;
}

async function ask(
  server: Server,
  database: MeasuredDatabase,
  { rootId, again }: ReturnType<typeof shapedRun>,
  samples: number,
): Promise<Omit<Asked, "shape" | "size">> {
  const url = `${server.url}/api/v1/runs/${rootId}/diagnosis`;
  const { ms: first, body } = await timedGet(url);
  const { state } = diagnosisResource.parse(JSON.parse(body));
  const durations = new Durations();
  for (let turn = 0; turn < samples; turn += 1) {
    // After news of the run no answer can be one that was kept.
    await postEvents(server.url, [again(turn, Date.now())]);
    await callOffBackgroundWork(database);
    durations.add((await timedGet(url)).ms);
  }
  return { first, state, bytes: body.length, again: durations.spread() };
}

/** Takes what background work is asked for out of its queue: it would be done in the same process, beside the answer. */
async function callOffBackgroundWork(database: MeasuredDatabase): Promise<void> {
  await database.rows(
    "SELECT graphile_worker.remove_job(key) FROM graphile_worker.jobs WHERE locked_at IS NULL",
  );
}

function nodesText(size: number): string {
  return `${size.toLocaleString("en-US")} nodes`;
}

function sizeText({ nodes, edges }: JudgeOutcome): string {
  return `${nodesText(nodes)}, ${edges.toLocaleString("en-US")} edges`;
}

function round(ms: number): number {
  return ms >= 10 ? Math.round(ms) : Number(ms.toFixed(2));
}
