import { describe, expect, it } from "vitest";
import { countEvents, readMetrics, type VerdictsKept, verdictChanges } from "./metrics.ts";

const none: VerdictsKept = { rules: [], rule: null, certainty: null, blocker: null };
const lost: VerdictsKept = {
  ...{ rules: ["lost-completion", "changed-key"], rule: "lost-completion" },
  ...{ certainty: "likely", blocker: "train" },
};

describe("the changes of verdicts", () => {
  it.each([
    ["the first look at a run", null, lost, ["opened lost-completion", "opened changed-key"]],
    ["the same answer again", lost, lost, []],
    ["more certainty", lost, { ...lost, certainty: "proven" }, ["changed lost-completion"]],
    ["another blocker", lost, { ...lost, blocker: "report" }, ["changed lost-completion"]],
    ["an end", lost, none, ["closed lost-completion", "closed changed-key"]],
    [
      "another reason",
      lost,
      { ...lost, rules: ["hung-after-output"], rule: "hung-after-output" },
      ["opened hung-after-output", "closed lost-completion", "closed changed-key"],
    ],
  ])("of %s", (_, before, after, expected) => {
    expect(verdictChanges(before, after).map(({ change, rule }) => `${change} ${rule}`)).toEqual(expected);
  });
});

describe("the metrics", () => {
  it("have no more series than a hundred sources need, whatever names come", async () => {
    for (let n = 0; n < 500; n++) countEvents(`source-${n}`, "accepted", 2);
    countEvents("source-7", "accepted", 1);
    const { text } = await readMetrics();
    const series = text.split("\n").filter((line) => line.startsWith("unstuck_ingest_events_total{"));
    expect(series).toHaveLength(101);
    expect(series).toContain('unstuck_ingest_events_total{source="source-7",result="accepted"} 3');
    expect(series).toContain('unstuck_ingest_events_total{source="other",result="accepted"} 800');
  });
});
