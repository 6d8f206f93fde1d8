import { describe, expect, it } from "vitest";
import { pipelineDetail, pipelineList } from "../../contract/pipelines.ts";
import { runQuery } from "../../contract/runs.ts";
import { ingestServer } from "../../testing/ingest-server.ts";
import { database } from "../database.ts";
import { saveDiagnosis } from "../runs/save-diagnosis.ts";
import { readNode } from "./node.ts";
import { readPipeline } from "./pipeline.ts";
import { listPipelines } from "./pipeline-list.ts";
import { listRuns } from "./run-list.ts";

const { post } = await ingestServer();

/** Second 0 of the runs: the last of them begins an hour ago. */
const BEGAN = Date.now() - 3 * 86_400_000 - 3_600_000;
const NAMESPACE = "shop://eu west/ü?%2F";
const NAME = "nightly, full: 100% / all";

interface Said {
  readonly type: string;
  readonly at: number;
  readonly id: string;
  readonly step?: string;
  readonly facets?: object;
  readonly jobFacets?: object;
  /** It wrote this, as a store showed; at the start it says that it will. */
  readonly wrote?: string;
}

/** What a producer says of a run of the pipeline; the root where no step is named. */
async function say(runId: string, ...said: Said[]): Promise<void> {
  for (const { type, at, id, step, facets = {}, jobFacets = {}, wrote } of said) {
    const parent = { run: { runId }, job: { namespace: NAMESPACE, name: NAME } };
    const response = await post("/api/v1/lineage", {
      eventType: type,
      eventTime: new Date(BEGAN + at * 1000).toISOString(),
      run: { runId: id, facets: { ...(step !== undefined && { parent }), ...facets } },
      job: { namespace: NAMESPACE, name: step === undefined ? NAME : `${NAME}.${step}`, facets: jobFacets },
      outputs:
        wrote === undefined
          ? []
          : [
              {
                ...{ namespace: "s3", name: wrote },
                // What is listed at the start is only declared.
                ...(type !== "START" && { outputFacets: { outputStatistics: { size: 512 } } }),
              },
            ],
    });
    expect(response.status).toBe(201);
  }
}

const PLAN = {
  unstuck_plan: {
    nodes: [{ key: "load" }, { key: "train" }, { key: "a_report" }],
    edges: [
      { from: "load", to: "train" },
      { from: "train", to: "a_report" },
    ],
  },
};

/** A run that began `day` days after the first; `load` is reused where `reused`, `train` takes so many seconds. */
async function tellRun(runId: string, day: number, took: number, reused = false): Promise<void> {
  const at = day * 86_400;
  const cache = { unstuck_cache: { status: reused ? "HIT" : "MISS", components: [] } };
  await say(
    runId,
    { type: "START", at, id: runId, jobFacets: PLAN },
    { type: "START", at: at + 1, id: `${runId}-l`, step: "load", facets: cache },
    { type: "COMPLETE", at: at + 3, id: `${runId}-l`, step: "load" },
    { type: "START", at: at + 4, id: `${runId}-t`, step: "train" },
    { type: "COMPLETE", at: at + 4 + took, id: `${runId}-t`, step: "train" },
    { type: "START", at: at + 5 + took, id: `${runId}-r`, step: "a_report" },
    { type: "COMPLETE", at: at + 6 + took, id: `${runId}-r`, step: "a_report" },
    { type: "COMPLETE", at: at + 7 + took, id: runId },
  );
  await saveDiagnosis(database(), runId);
}

describe("a pipeline", () => {
  it("is its latest runs, node by node, in the order of the work", async () => {
    await tellRun("run-1", 0, 10);
    await tellRun("run-2", 1, 20, true);
    await tellRun("run-3", 2, 40);
    const began = 3 * 86_400;
    await say(
      "run-4",
      { type: "START", at: began, id: "run-4", jobFacets: PLAN },
      { type: "START", at: began + 1, id: "run-4-l", step: "load", wrote: "raw" },
      { type: "RUNNING", at: began + 60, id: "run-4-l", step: "load", wrote: "raw" },
    );
    await saveDiagnosis(database(), "run-4");

    const found = pipelineDetail.parse(await readPipeline(NAMESPACE, NAME));
    expect(found.totalRuns).toBe(4);
    expect(found.runs.map((run) => run.id)).toEqual(["run-4", "run-3", "run-2", "run-1"]);
    expect(found.usual).toEqual({ samples: 3, medianMs: 27_000, p95Ms: 47_000 });
    expect(found.cache).toEqual({ asked: 3, reused: 1 });
    // Finished when they were first looked at: nobody knows for how long they were stuck. The last one is open.
    expect(found.runs.map((run) => run.stuckMs === null)).toEqual([false, true, true, true]);
    expect(found.grid.rows.map((row) => row.key)).toEqual(["load", "train", "a_report"]);
    expect(found.grid.rows.map((row) => row.usual)).toEqual([
      { samples: 2, medianMs: 2_000, p95Ms: 2_000 },
      { samples: 3, medianMs: 20_000, p95Ms: 40_000 },
      { samples: 3, medianMs: 1_000, p95Ms: 1_000 },
    ]);
    // What the diagnosis measures a step by is what its row shows.
    const { durationMs } = (await readNode("run-4", "train"))?.baseline ?? {};
    expect(durationMs).toMatchObject({ count: 3, median: 20_000, p95: 40_000 });
    expect(found.grid.columns).toEqual([
      { runId: "run-4", cells: [[0, "running", null, 1]] },
      {
        runId: "run-3",
        cells: [
          [2, "completed", 1_000, 1],
          [0, "completed", 2_000, 1],
          [1, "completed", 40_000, 1],
        ],
      },
      {
        runId: "run-2",
        cells: [
          [2, "completed", 1_000, 1],
          [0, "reused", 2_000, 1],
          [1, "completed", 20_000, 1],
        ],
      },
      {
        runId: "run-1",
        cells: [
          [2, "completed", 1_000, 1],
          [0, "completed", 2_000, 1],
          [1, "completed", 10_000, 1],
        ],
      },
    ]);
  });

  it("says what held its runs", async () => {
    const found = await readPipeline(NAMESPACE, NAME);
    expect(found?.causes[0]).toEqual({ rule: "lost-completion", runs: 1, held: 1 });
    expect(found?.runs[0]).toMatchObject({ state: "stuck", rule: "lost-completion", blocker: "load" });
    expect(found?.runs[0]?.stuckMs).toBeGreaterThan(0);
  });

  it("is listed with its latest runs, and found by a part of its name or namespace", async () => {
    await post("/api/v1/lineage", {
      eventType: "START",
      eventTime: new Date(BEGAN).toISOString(),
      run: { runId: "other" },
      job: { namespace: "a-first", name: "other_job" },
    });
    const all = pipelineList.parse(await listPipelines());
    expect(all.total).toBe(2);
    expect(all.pipelines.map((p) => p.name)).toEqual([NAME, "other_job"]);
    expect(all.pipelines[0]).toMatchObject({ openRuns: 1, attention: 1, usual: { samples: 3 } });
    expect(all.pipelines[0]?.latest.map((mark) => mark.id)).toEqual(["run-4", "run-3", "run-2", "run-1"]);
    expect((await listPipelines("100%")).pipelines.map((p) => p.name)).toEqual([NAME]);
    expect((await listPipelines("A-FIRST")).pipelines.map((p) => p.name)).toEqual(["other_job"]);
    expect(await listPipelines("_")).toMatchObject({ total: 1 });
    expect(await listPipelines("nobody")).toMatchObject({ pipelines: [], total: 0 });
  });

  it("that nobody told of is none, whatever its name holds", async () => {
    expect(await readPipeline(NAMESPACE, "nobody")).toBeNull();
    expect(await readPipeline("\0", "\ud800")).toBeNull();
    expect(await readPipeline("x".repeat(5_000), NAME)).toBeNull();
  });

  it("of a very long name is found by that name", async () => {
    const name = "long".repeat(200);
    await post("/api/v1/lineage", {
      eventType: "START",
      eventTime: new Date(BEGAN).toISOString(),
      run: { runId: "long" },
      job: { namespace: "n", name },
    });
    await saveDiagnosis(database(), "long");
    expect((await readPipeline("n", name))?.runs.map((run) => run.id)).toEqual(["long"]);
  });

  it("shows a step under the name that the plan gives to its job", async () => {
    const root = { namespace: "planned", name: "by-jobs" };
    const told = async (id: string, name: string, facets: object, jobFacets: object) =>
      post("/api/v1/lineage", {
        ...{ eventType: "START", eventTime: new Date(BEGAN).toISOString() },
        run: { runId: id, facets },
        job: { namespace: "planned", name, facets: jobFacets },
      });
    const nodes = [{ key: "first", job: "extract" }, { key: "second" }];
    await told("by-jobs-1", root.name, {}, { unstuck_plan: { nodes, edges: [] } });
    await told("by-jobs-1-e", "extract", { parent: { run: { runId: "by-jobs-1" }, job: root } }, {});
    await saveDiagnosis(database(), "by-jobs-1");
    const { grid } = pipelineDetail.parse(await readPipeline(root.namespace, root.name));
    expect(grid.rows.map((row) => row.key)).toEqual(["first", "second"]);
    expect(grid.columns[0]?.cells).toEqual([[0, "running", null, 1]]);
  });

  it("can be filtered by in the run list, though its name holds a comma", async () => {
    const { runs } = await listRuns(runQuery.parse({ pipeline: [NAME] }));
    expect(runs).toHaveLength(4);
  });
});
