import { describe, expect, it } from "vitest";
import { runOfMessages as run, type Said } from "../testing/run-of-messages.ts";

const MANY = 200;
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
const instances = (step: string, count: number, facets: object = {}): Said[] =>
  numbers(count).map((i) => ({
    id: `${step}${i}`,
    job: `dag.${step}`,
    parent: "r",
    at: 1,
    facets: { unstuck_attempt: { mapIndex: i }, ...facets },
  }));
const keys = (step: string, count: number) =>
  numbers(count)
    .map((i) => `${step}[${i}]`)
    .sort();
const plan = {
  unstuck_plan: {
    nodes: [{ key: "a" }, { key: "b" }, { key: "c" }],
    edges: [
      { from: "a", to: "b" },
      { from: "b", to: "c" },
    ],
  },
};

describe("a wide edge", () => {
  it("stands for all edges between two mapped steps of many instances", () => {
    const view = run(
      "r",
      { id: "r", job: "dag", facets: plan },
      ...instances("a", MANY),
      ...instances("b", MANY),
    );
    expect(view.wideEdges).toEqual([{ from: keys("a", MANY), to: keys("b", MANY), origin: "plan" }]);
    expect(view.edges).toHaveLength(MANY);
    expect(view.nodes.get("b[7]")?.wideUpstream).toEqual(view.wideEdges);
    expect(view.nodes.get("a[7]")?.wideDownstream).toEqual(view.wideEdges);
  });

  it("is none where few edges say the same", () => {
    const view = run("r", { id: "r", job: "dag", facets: plan }, ...instances("a", 3), ...instances("b", 3));
    expect(view.wideEdges).toEqual([]);
    expect(view.edges).toHaveLength(12);
  });

  it("is told of by each instance alone as well, by step or by job", () => {
    const byStep = { airflow: { task: { upstream_task_ids: ["a"] } } };
    const byJob = { jobDependencies: { upstream: [{ job: { namespace: "n", name: "dag.a" } }] } };
    for (const facets of [byStep, byJob]) {
      const view = run(
        "r",
        { id: "r", job: "dag" },
        ...instances("a", MANY),
        ...instances("b", MANY, facets),
      );
      expect(view.wideEdges.map(({ from, to }) => ({ from, to }))).toEqual([
        { from: keys("a", MANY), to: keys("b", MANY) },
      ]);
      expect(view.edges).toEqual([]);
    }
  });

  it("joins who made a dataset to who read it, but not on a cycle", () => {
    const made = instances("a", MANY).map((said) => ({ ...said, outputs: ["t"] }));
    const read = instances("b", MANY).map((said) => ({ ...said, inputs: ["t"] }));
    const view = run("r", { id: "r", job: "dag" }, ...made, ...read);
    expect(view.wideEdges).toEqual([{ from: keys("a", MANY), to: keys("b", MANY), origin: "dataset" }]);
    const round = read.map((said, i) => (i === 0 ? { ...said, outputs: ["u"] } : said));
    const again = made.map((said, i) => (i === 0 ? { ...said, inputs: ["u"] } : said));
    const cyclic = run("r", { id: "r", job: "dag" }, ...again, ...round);
    expect(cyclic.edges).toEqual([]);
    const pairs = cyclic.wideEdges.reduce((sum, { from, to }) => sum + from.length * to.length, 0);
    expect(pairs).toBe(MANY * MANY - 1);
  });

  it("is one for a million edges", () => {
    const view = run(
      "r",
      { id: "r", job: "dag", facets: plan },
      ...instances("a", 1000),
      ...instances("b", 1000),
    );
    expect(view.edges.length + view.wideEdges.length).toBe(1001);
  });
});
