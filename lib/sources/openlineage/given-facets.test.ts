import { expect, test } from "vitest";
import { givenFacets } from "./given-facets.ts";

const message = (more: object = {}) => ({
  eventTime: "2026-01-31T09:30:00Z",
  eventType: "START",
  producer: "https://example.com/p",
  run: {
    runId: "r",
    facets: {
      nominalTime: { nominalStartTime: "2026-01-31T00:00:00Z" },
      my_team: { _producer: "https://example.com/plugin", owner: "churn" },
      __proto__: null,
    },
  },
  job: { namespace: "n", name: "j", facets: { my_job: "a text" } },
  inputs: [{ namespace: "n", name: "i", facets: { version: { datasetVersion: "1" }, symlinks: {} } }],
  outputs: [{ namespace: "n", name: "o", outputFacets: { outputStatistics: { size: 1 } } }],
  ...more,
});

test("what is read is told from what is only kept, wherever it stands", () => {
  const { producer, facets } = givenFacets(message());
  expect(producer).toBe("https://example.com/p");
  expect(facets.map(({ on, name, read }) => `${on} ${name} ${read ? "read" : "kept"}`)).toEqual([
    "run nominalTime read",
    "run my_team kept",
    "job my_job kept",
    "input version read",
    "input symlinks kept",
    "output outputStatistics read",
  ]);
  expect(facets[1]).toMatchObject({
    producer: "https://example.com/plugin",
    value: { owner: "churn" },
  });
  expect(facets[2]).toMatchObject({ producer: undefined, value: "a text" });
});

test("what is no message about a run has none, and breaks nothing", () => {
  for (const json of [
    null,
    7,
    [],
    {},
    { eventTime: "no", run: {} },
    { dataset: { namespace: "n", name: "d" } },
  ])
    expect(givenFacets(json).facets).toEqual([]);
  expect(givenFacets(message({ inputs: "none", outputs: [7, null] })).facets).toHaveLength(3);
});
