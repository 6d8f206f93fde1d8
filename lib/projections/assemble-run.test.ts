import { describe, expect, it } from "vitest";
import { runOfMessages as run } from "../testing/run-of-messages.ts";
import { rhythmOf } from "./attempt-view.ts";
import type { RunView } from "./run-view.ts";

const plan = (nodes: string[], edges: [string, string][]) => ({
  unstuck_plan: { nodes: nodes.map((key) => ({ key })), edges: edges.map(([from, to]) => ({ from, to })) },
});
const keys = (view: RunView) => [...view.nodes.keys()];
const edges = (view: RunView) => view.edges.map((e) => `${e.from} -> ${e.to}`);

describe("rhythmOf", () => {
  const running = (integration: string) =>
    run(
      "r",
      ...[0, 10, 20, 30, 40, 50].map((at) => ({
        id: "r",
        job: "solo",
        at,
        type: at === 0 ? "START" : "RUNNING",
        jobFacets: { jobType: { processingType: "BATCH", integration } },
      })),
      { id: "r", job: "solo", at: 60, type: "RUNNING" },
    ).root.current;

  it("is learned from five even beats", () => {
    const view = running("HOMEGROWN");
    expect(view && rhythmOf(view.state, view.life)).toEqual({ intervalMs: 10_000, origin: "learned" });
  });

  it("is not learned from producers that speak when their work comes to something", () => {
    const view = running("SPARK");
    expect(view && rhythmOf(view.state, view.life)).toBeUndefined();
  });
});

describe("an attempt", () => {
  const said = (type: string, at: number) => ({ id: "r", job: "solo", type, at });

  it("that failed and was started again under its id works again, since then", () => {
    const view = run("r", said("START", 0), said("FAIL", 10), said("START", 20));
    expect(view.root).toMatchObject({ status: "running", current: { startedAt: 1_700_000_020_000 } });
    expect(view.endedAt).toBeUndefined();
    expect(run("r", said("START", 0), said("FAIL", 10), said("START", 20), said("FAIL", 30)).outcome).toBe(
      "failed",
    );
  });

  it("that completed is over whatever comes later, and so is one whose only start is dated after its failure", () => {
    expect(run("r", said("START", 0), said("COMPLETE", 10), said("START", 20)).outcome).toBe("completed");
    expect(run("r", said("FAIL", 10), said("START", 20)).outcome).toBe("failed");
  });
});

describe("assembleRun", () => {
  it("names a node by its job, less the parent's name and a dot", () => {
    const view = run(
      "r",
      { id: "r", job: "gcs_hook" },
      { id: "t", job: "gcs_hook.rewrite.task_1", parent: "r", parentJob: "gcs_hook" },
    );
    expect(keys(view)).toEqual(["rewrite.task_1"]);
  });

  it("joins deeper levels with a slash, and tells a child of the root's own name apart", () => {
    const view = run(
      "r",
      { id: "r", job: "app" },
      { id: "a", job: "app", parent: "r", parentJob: "app" },
      { id: "s", job: "app.sql", parent: "a", parentJob: "app" },
    );
    expect(keys(view)).toEqual(["app/app", "app/app/sql"]);
    expect(view.nodes.get("app/app/sql")?.parentKey).toBe("app/app");
  });

  it("gives an edge that was declared in two ways the same origin, whichever way was told first", () => {
    const job = { namespace: "n", name: "dag.a" };
    const parts = [
      { id: "r", job: "dag" },
      { id: "a", job: "dag.a", parent: "r", at: 1 },
    ];
    const ways = [
      { id: "b", job: "dag.b", parent: "r", at: 2, facets: { jobDependencies: { upstream: [{ job }] } } },
      {
        id: "b",
        job: "dag.b",
        parent: "r",
        at: 3,
        facets: { airflow: { task: { upstream_task_ids: ["a"] } } },
      },
    ];
    const first = run("r", ...parts, ...ways);
    expect(first.edges).toEqual([{ from: "a", to: "b", origin: "job-dependency" }]);
    expect(run("r", ...parts, ...ways.toReversed()).edges).toEqual(first.edges);
  });

  it("is a lone job's run with that job as its only node", () => {
    const view = run("r", { id: "r", job: "solo" }, { id: "r", job: "solo", type: "COMPLETE" });
    expect(keys(view)).toEqual(["solo"]);
    expect(view.outcome).toBe("completed");
  });

  it("shows planned nodes that nobody has seen, and lets instances take the place of a mapped one", () => {
    const view = run(
      "r",
      {
        id: "r",
        job: "dag",
        jobFacets: plan(
          ["load", "train", "report"],
          [
            ["load", "train"],
            ["train", "report"],
          ],
        ),
      },
      { id: "t0", job: "dag.train", parent: "r", facets: { unstuck_attempt: { mapIndex: 0 } } },
      { id: "t1", job: "dag.train", parent: "r", facets: { unstuck_attempt: { mapIndex: 1 } } },
    );
    expect(keys(view)).toEqual(["load", "report", "train[0]", "train[1]"]);
    expect(edges(view)).toEqual([
      "load -> train[0]",
      "load -> train[1]",
      "train[0] -> report",
      "train[1] -> report",
    ]);
    expect(view.nodes.get("report")?.status).toBe("planned");
    expect(view.nodes.get("train[0]")?.group).toBe("train");
  });

  it("takes the latest try for the node's state, whatever the order of their ends", () => {
    const view = run(
      "r",
      { id: "r", job: "dag" },
      { id: "t2", job: "dag.t", parent: "r", at: 20, facets: { unstuck_attempt: { number: 2 } } },
      {
        id: "t1",
        job: "dag.t",
        parent: "r",
        at: 30,
        type: "FAIL",
        facets: { unstuck_attempt: { number: 1 } },
      },
    );
    expect(view.nodes.get("t")?.status).toBe("running");
    expect(view.nodes.get("t")?.attempts.map((a) => a.id)).toEqual(["t1", "t2"]);
  });

  it("keeps an attempt ended though a later message of it comes", () => {
    const view = run(
      "r",
      { id: "r", job: "solo", at: 0 },
      { id: "r", job: "solo", at: 10, type: "COMPLETE" },
      { id: "r", job: "solo", at: 20, type: "OTHER" },
      { id: "r", job: "solo", at: 30, type: "RUNNING" },
    );
    expect(view.root.status).toBe("completed");
  });

  it.each([
    [["COMPLETE", "FAIL"], "failed"],
    [["ABORT", "COMPLETE"], "aborted"],
    [["FAIL", "ABORT"], "failed"],
  ])("takes the worse of two ends with the same time: %s", (types, outcome) => {
    const view = run(
      "r",
      { id: "r", job: "solo" },
      ...types.map((type) => ({ id: "r", job: "solo", at: 9, type })),
    );
    expect(view.outcome).toBe(outcome);
  });

  it("is waiting while only OTHER came", () => {
    expect(run("r", { id: "r", job: "solo", type: "OTHER" }).root.status).toBe("waiting");
  });

  it("is finished by its children where the root itself was never heard", () => {
    const open = run(
      "r",
      { id: "a", job: "dag.a", parent: "r" },
      { id: "b", job: "dag.b", parent: "r", type: "COMPLETE" },
    );
    expect(open.endedAt).toBeUndefined();
    expect(open.pipeline.name).toBe("dag");
    const done = run(
      "r",
      { id: "a", job: "dag.a", parent: "r", type: "COMPLETE" },
      { id: "b", job: "dag.b", parent: "r", type: "COMPLETE" },
    );
    expect(done.outcome).toBe("completed");
  });

  it("waits for nothing below an attempt that has ended", () => {
    const view = run(
      "r",
      { id: "r", job: "dag" },
      { id: "a", job: "dag.a", parent: "r" },
      { id: "s", job: "dag.a.s", parent: "a", parentJob: "dag.a" },
      { id: "a", job: "dag.a", parent: "r", type: "FAIL" },
    );
    expect(view.nodes.get("a/s")?.status).toBe("aborted");
    expect(view.nodes.get("a/s")?.current?.status).toBe("superseded");
  });

  it("joins who wrote a dataset to who read it, and leaves out what goes round", () => {
    const view = run(
      "r",
      { id: "r", job: "dbt" },
      { id: "a", job: "dbt.a", parent: "r", parentJob: "dbt", outputs: ["t1"] },
      { id: "b", job: "dbt.b", parent: "r", parentJob: "dbt", inputs: ["t1"], outputs: ["t2"] },
      { id: "c", job: "dbt.c", parent: "r", parentJob: "dbt", inputs: ["t2", "t3"], outputs: ["t3"] },
    );
    expect(edges(view)).toEqual(["a -> b", "b -> c"]);
    const round = run(
      "r",
      { id: "r", job: "dbt" },
      { id: "a", job: "dbt.a", parent: "r", parentJob: "dbt", inputs: ["t2"], outputs: ["t1"] },
      { id: "b", job: "dbt.b", parent: "r", parentJob: "dbt", inputs: ["t1"], outputs: ["t2"] },
    );
    expect(edges(round)).toEqual([]);
  });

  it("calls a step what the plan of its parent calls its job, where it does not say itself", () => {
    const unstuck_plan = {
      nodes: [
        { key: "first", job: "extract" },
        { key: "second", job: { namespace: "n", name: "load" } },
        { key: "left", job: "twice" },
        { key: "right", job: "twice" },
      ],
      edges: [{ from: "first", to: "second" }],
    };
    const child = (id: string, job: string, facets = {}) => ({ id, job, parent: "r", facets });
    const view = run(
      "r",
      { id: "r", job: "dag", jobFacets: { unstuck_plan } },
      child("a", "extract"),
      child("b", "load", { unstuck_attempt: { mapIndex: 0 } }),
      child("c", "twice"),
      child("d", "extract", { unstuck_attempt: { nodeKey: "other" } }),
    );
    expect(keys(view)).toEqual(["first", "left", "other", "right", "second[0]", "twice"]);
    expect(edges(view)).toEqual(["first -> second[0]"]);
  });

  it("takes what was planned in a group and did not come for skipped, once the group has ended", () => {
    const group = { id: "g", job: "dag.g", parent: "r" };
    const told = (...more: Parameters<typeof run>[1][]) =>
      run(
        "r",
        { id: "r", job: "dag" },
        { ...group, jobFacets: plan(["x", "y"], [["x", "y"]]) },
        { id: "x", job: "dag.g.x", parent: "g", parentJob: "dag.g", type: "COMPLETE" },
        ...more,
      ).nodes.get("g/y")?.status;
    expect(told()).toBe("planned");
    expect(told({ ...group, type: "COMPLETE" })).toBe("skipped");
    expect(told({ ...group, type: "FAIL" })).toBe("skipped");
    const again = { id: "g2", job: "dag.g", parent: "r", at: 90 };
    expect(told({ ...group, type: "FAIL" }, again)).toBe("planned");
  });

  it("takes the plan of a group's latest try that told one", () => {
    const group = (id: string, number: number, nodes?: string[]) => ({
      ...{ id, job: "dag.g", parent: "r", facets: { unstuck_attempt: { number } } },
      ...(nodes && { jobFacets: plan(nodes, []) }),
    });
    const root = { id: "r", job: "dag" };
    expect(keys(run("r", root, group("z", 1, ["old"]), group("a", 2, ["fresh"])))).toEqual(["g", "g/fresh"]);
    expect(keys(run("r", root, group("z", 1, ["old"]), group("a", 2)))).toEqual(["g", "g/old"]);
  });

  it("takes the steps' ends from the orchestrator where they sent no event of their own", () => {
    const view = run(
      "r",
      { id: "r", job: "dag", jobFacets: plan(["a", "b"], [["a", "b"]]) },
      {
        id: "r",
        job: "dag",
        type: "COMPLETE",
        facets: { airflowState: { dagRunState: "success", tasksState: { a: "success", b: "skipped" } } },
      },
    );
    expect([...view.nodes.values()].map((n) => n.status)).toEqual(["completed", "skipped"]);
  });

  it("is reused where its cache was hit", () => {
    const view = run("r", {
      id: "r",
      job: "solo",
      type: "COMPLETE",
      facets: { unstuck_cache: { status: "HIT", components: [] } },
    });
    expect(view.root.status).toBe("reused");
  });

  it("puts a chain of 1,000 levels together", () => {
    const said = Array.from({ length: 1_000 }, (_, i) => ({
      id: `n${i}`,
      job: `j${i}`,
      ...(i > 0 && { parent: `n${i - 1}`, parentJob: `j${i - 1}` }),
    }));
    expect(run("n0", ...said).nodes.size).toBe(999);
  });
});
