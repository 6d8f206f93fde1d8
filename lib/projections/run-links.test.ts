import { describe, expect, it } from "vitest";
import { runOfMessages as run, type Said } from "../testing/run-of-messages.ts";
import type { RunView } from "./run-view.ts";

const instances = (step: string, count: number): Said[] =>
  Array.from({ length: count }, (_, i) => ({
    id: `${step}${i}`,
    job: `dag.${step}`,
    parent: "r",
    at: 1,
    facets: { unstuck_attempt: { mapIndex: i } },
  }));
const plan = {
  unstuck_plan: {
    nodes: ["a", "b", "c", "grp"].map((key) => ({ key })),
    edges: [
      { from: "a", to: "b" },
      { from: "b", to: "c" },
      { from: "a", to: "grp" },
    ],
  },
};

/** The links of a run, told by keys; a point by its wide edge. */
function spelled({ links, nodes, wideEdges }: RunView) {
  const keys = [...nodes.keys()];
  const name = (i: number) => keys[i] ?? wideEdges[i - keys.length];
  return keys.map((key, i) => ({
    key,
    upstream: links.upstream[i]?.map(name),
    downstream: links.downstream[i]?.map(name),
    parentKey: keys[links.parent[i] ?? -1],
    children: links.children[i]?.map(name),
  }));
}

describe("links by number", () => {
  it("are those by key, wide edges and groups too", () => {
    const view = run(
      "r",
      { id: "r", job: "dag", facets: plan },
      ...instances("a", 60),
      ...instances("b", 60),
      { id: "g", job: "dag.grp", parent: "r", at: 1 },
      { id: "g1", job: "dag.grp.one", parent: "g", at: 2 },
    );
    expect(view.wideEdges.length).toBeGreaterThan(0);
    expect(spelled(view)).toEqual(
      [...view.nodes.values()].map((node) => ({
        key: node.key,
        upstream: [...node.upstream, ...node.wideUpstream],
        downstream: [...node.downstream, ...node.wideDownstream],
        parentKey: node.parentKey,
        children: node.children,
      })),
    );
    expect(view.nodes.get("grp")?.children.length).toBe(1);
    expect([...view.links.indexOf.keys()]).toEqual([...view.nodes.keys()]);
  });

  it("of a run that is one job alone are none", () => {
    expect(spelled(run("r", { id: "r", job: "alone" }))).toEqual([
      { key: "alone", upstream: [], downstream: [], parentKey: undefined, children: [] },
    ]);
  });
});
