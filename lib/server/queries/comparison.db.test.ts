import { describe, expect, it } from "vitest";
import { comparisonResource } from "../../contract/comparison.ts";
import { ingestServer } from "../../testing/ingest-server.ts";
import { database } from "../database.ts";
import { saveDiagnosis } from "../runs/save-diagnosis.ts";
import { readComparison } from "./comparison.ts";
import { lastGoodRun } from "./last-good-run.ts";
import { readRun } from "./run.ts";

const { post } = await ingestServer();

const NOW = Date.now();
const DAY = 86_400_000;

/** A run of `daily` that began so many days ago, with one step; it ends as told, or goes on. */
async function tellRun(id: string, days: number, epochs: string, end?: "COMPLETE" | "FAIL"): Promise<void> {
  const parameters = { executionParameters: { parameters: [{ key: "epochs", value: epochs }] } };
  const parent = { run: { runId: id }, job: { namespace: "n", name: "daily" } };
  const say = (eventType: string, seconds: number, runId: string, name: string, facets: object = {}) =>
    post("/api/v1/lineage", {
      eventType,
      eventTime: new Date(NOW - days * DAY + seconds * 1000).toISOString(),
      run: { runId, facets },
      job: { namespace: "n", name },
    });
  await say("START", 0, id, "daily");
  await say("START", 1, `${id}-t`, "daily.train", { parent, ...parameters });
  await say("COMPLETE", 61, `${id}-t`, "daily.train", { parent });
  if (end) await say(end, 62, id, "daily");
  await saveDiagnosis(database(), id);
}

describe("a comparison", () => {
  it("is with the last run before it that completed, unless another one is asked for", async () => {
    await tellRun("r1", 5, "30", "COMPLETE");
    await tellRun("r2", 4, "40", "COMPLETE");
    await tellRun("r3", 3, "45", "FAIL");
    await tellRun("r4", 2, "50");
    await tellRun("r5", 1, "60", "COMPLETE");

    const found = comparisonResource.parse(await readComparison("r4"));
    expect(found.with?.id).toBe("r2");
    expect(found.headline).toContain("The parameters of `train` changed: `epochs` was `40`, now it is `50`.");
    expect(found.first).toEqual({ key: "train", kind: "parameter" });
    expect(found.nodes.map((node) => node.key)).toEqual(["", "train"]);
    expect(found.choices.map((run) => run.id)).toEqual(["r5", "r3", "r2", "r1"]);
    expect(await readComparison("r4", "r5-t")).toMatchObject({ with: { id: "r5" } });
    expect((await readRun("r4"))?.lastGoodId).toBe("r2");
  });

  it("is of nothing where no run completed before it", async () => {
    const found = comparisonResource.parse(await readComparison("r1"));
    expect(found).toMatchObject({ run: { id: "r1" }, with: null, headline: null, nodes: [] });
    expect(await lastGoodRun({ id: "x", pipeline: { namespace: "n", name: "daily" } })).toBeNull();
    expect((await readRun("r1"))?.lastGoodId).toBeNull();
  });

  it("is refused where one of the runs is not known, or they are the same", async () => {
    expect(await readComparison("nobody")).toEqual({ missing: "run" });
    expect(await readComparison("r4", "nobody")).toEqual({ missing: "with" });
    expect(await readComparison("r4", "r4-t")).toEqual({ missing: "with" });
    expect(await readComparison("r4", "\0")).toEqual({ missing: "with" });
  });
});
