import { describe, expect, it } from "vitest";
import { countEvents, countVerdictChanges, readMetrics } from "./metrics.ts";

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

  it("count the changes of verdicts by rule and by what changed", async () => {
    const lost = { rule: "lost-completion" };
    countVerdictChanges([
      { ...lost, change: "opened" },
      { ...lost, change: "opened" },
      { ...lost, change: "closed" },
    ]);
    const { text } = await readMetrics();
    expect(text).toContain('unstuck_verdict_changes_total{rule="lost-completion",change="opened"} 2');
    expect(text).toContain('unstuck_verdict_changes_total{rule="lost-completion",change="closed"} 1');
  });
});
