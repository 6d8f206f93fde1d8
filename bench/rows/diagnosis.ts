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
/** New processes by which answers that were kept are asked for, one after the other. */
const PROCESSES = 4;

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
    ...asked.kept.map(keptRow),
    ...asked.anew.map((one) => anewRow(one, engineOf(one))),
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

function keptRow({ shape, size, all, firsts, state, bytes }: Kept): Row {
  return {
    group: "diagnosis",
    what: `over HTTP, ${nodesText(size)}, ${shape}: p95`,
    measured: { value: all.p95, unit: "ms" },
    ...(size === GOAL_NODES && { goal: { of: "measured", is: "at most", limit: GOAL_MS } }),
    notes: [
      `nothing was told of the run meanwhile; p50 ${round(all.p50)} ms; the first answers of ${firsts.length} new ` +
        `processes ${firsts.map(round).join(", ")} ms; says ${state}, in ${Math.round(bytes / 1000).toLocaleString("en-US")} kB`,
    ],
  };
}

function anewRow({ shape, size, again, first }: Anew, engine: number | undefined): Row {
  return {
    group: "diagnosis",
    what: `over HTTP, each time after an event, ${nodesText(size)}, ${shape}: p95`,
    measured: { value: again.p95, unit: "ms" },
    ...(engine !== undefined && { reference: { value: engine, unit: "ms", what: "the engine alone" } }),
    notes: [
      `judged anew; p50 ${round(again.p50)} ms; the first answer of a process that had read nothing of it ${round(first)} ms`,
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
}

/** Answers about a run of which nothing is told any more. */
interface Kept extends Asked {
  readonly all: Spread;
  /** The first of each process, which has answered for other runs only, ms. */
  readonly firsts: readonly number[];
  readonly state: string;
  readonly bytes: number;
}

/** Answers each of which follows an event of the run. */
interface Anew extends Asked {
  readonly again: Spread;
  readonly first: number;
}

interface Told extends Asked {
  readonly run: ReturnType<typeof shapedRun>;
}

async function overHttp(
  stage: Stage,
  sizes: Sizes,
  wanted: readonly Asked[],
): Promise<{ kept: Kept[]; anew: Anew[] }> {
  const database = await stage.database();
  const filling = await stage.productServer(database, LARGE_BODIES);
  const told: Told[] = [];
  for (const { shape, size } of wanted) {
    const run = shapedRun(shape, size, told.length + 1, Date.now() - BEGAN_BEFORE);
    await postEvents(filling.url, run.events);
    told.push({ shape, size, run });
  }
  await settle(database);
  await database.rows("VACUUM ANALYZE");
  const kept = await askKept(stage, database, sizes, told);
  await filling.end();
  return { kept, anew: await askAnew(stage, database, sizes, told) };
}

/**
 * As it is for users: background work is alive, in the server that was told of the runs and in each new one beside it. With
 * none there between the two nobody would have listened for a while, and every answer would be another.
 */
async function askKept(
  stage: Stage,
  database: MeasuredDatabase,
  sizes: Sizes,
  told: readonly Told[],
): Promise<Kept[]> {
  const answers = told.map((one) => ({
    ...one,
    durations: new Durations(),
    firsts: [] as number[],
    body: "",
  }));
  for (let turn = 0; turn < PROCESSES; turn += 1) {
    const server = await stage.productServer(database, LARGE_BODIES);
    for (const answer of answers) {
      const times = Math.max(1, Math.round(samplesOf(sizes, answer.size) / PROCESSES));
      for (let nth = 0; nth < times; nth += 1) {
        const { ms, body } = await timedGet(urlOf(server, answer.run));
        answer.durations.add(ms);
        answer.body = body;
        if (nth === 0) answer.firsts.push(ms);
      }
    }
    await server.end();
  }
  return answers.map(({ shape, size, durations, firsts, body }) => ({
    ...{ shape, size, firsts, all: durations.spread(), bytes: body.length },
    state: diagnosisResource.parse(JSON.parse(body)).state,
  }));
}

async function askAnew(
  stage: Stage,
  database: MeasuredDatabase,
  sizes: Sizes,
  told: readonly Told[],
): Promise<Anew[]> {
  await callOffBackgroundWork(database);
  await database.rows("DELETE FROM diagnosis");
  const server = await stage.productServer(database, LARGE_BODIES);
  const anew: Anew[] = [];
  for (const { shape, size, run } of told) {
    const url = urlOf(server, run);
    const { ms: first } = await timedGet(url);
    const durations = new Durations();
    for (let turn = 0; turn < samplesOf(sizes, size); turn += 1) {
      // After news of the run no answer can be one that was kept.
      await postEvents(server.url, [run.again(turn, Date.now())]);
      await callOffBackgroundWork(database);
      durations.add((await timedGet(url)).ms);
    }
    anew.push({ shape, size, first, again: durations.spread() });
  }
  await server.end();
  return anew;
}

function urlOf(server: Server, { rootId }: Told["run"]): string {
  return `${server.url}/api/v1/runs/${rootId}/diagnosis`;
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
