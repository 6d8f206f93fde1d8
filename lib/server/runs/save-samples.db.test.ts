import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Instant, toIso } from "../../base/instant.ts";
import { testDatabase } from "../../testing/postgres.ts";
import { prepareJobs } from "../background.ts";
import { now } from "../clock.ts";
import { database } from "../database.ts";
import { acceptMessage } from "../ingest/accept-message.ts";
import { closeWriter, ingestQueue } from "../ingest/ingest-queue.ts";
import { readNode } from "../queries/node.ts";
import { saveDiagnosis } from "./save-diagnosis.ts";

const { url } = await testDatabase();
process.env["DATABASE_URL"] = url;
beforeAll(() => prepareJobs(url));
afterAll(async () => {
  await closeWriter();
  await database().$disconnect();
});

const DAY = 86_400;
const began = now();
const ago = (seconds: number) => (began - seconds * 1000) as Instant;

/** Root, `load` from 0 to 10, `train` from 13 on: what is told of a run that began so many seconds ago. */
async function tell(id: string, start: number, trainTook?: number, parameters: object[] = []): Promise<void> {
  const say = async (step: string, after: number, eventType: string, facets: object = {}) => {
    const at = ago(start - after);
    const json = {
      eventType,
      eventTime: toIso(at),
      run: {
        runId: `${id}${step}`,
        facets: {
          ...facets,
          ...(step !== "" && { parent: { run: { runId: id }, job: { namespace: "test", name: "nightly" } } }),
        },
      },
      job: { namespace: "test", name: `nightly${step}` },
    };
    const accepted = acceptMessage(json, JSON.stringify(json), at);
    if (!accepted.ok) throw new Error(JSON.stringify(accepted.problems));
    await ingestQueue().add([{ message: accepted.message }]);
  };
  await say("", 0, "START", {
    unstuck_plan: { nodes: [{ key: "load" }, { key: "train" }], edges: [{ from: "load", to: "train" }] },
  });
  await say(".load", 0, "START");
  await say(".load", 10, "COMPLETE");
  await say(".train", 13, "START", { executionParameters: { parameters } });
  if (trainTook === undefined) return;
  await say(".train", 13 + trainTook, "COMPLETE");
  await say("", 14 + trainTook, "COMPLETE");
}

async function baselineOf(id: string) {
  const node = await readNode(id, "train");
  return node?.baseline;
}

describe("what finished attempts teach", () => {
  it("is learned run by run, with the delay that only the whole run shows, however often and by however many", async () => {
    for (const [i, took] of [50, 60, 70, 80].entries()) {
      await tell(`past${i}`, (9 - i) * DAY, took);
      await Promise.all([1, 2, 3].map(() => saveDiagnosis(database(), `past${i}`)));
    }
    await tell("now", 300);
    expect(await baselineOf("now")).toMatchObject({
      samples: 4,
      durationMs: { count: 4, median: 60_000, longest: 80_000 },
      delayMs: { count: 4, median: 3000 },
    });
  });

  it("calls nothing slow by four, and by five says by how much", async () => {
    const rule = async () => (await readNode("now", "train"))?.verdicts.map((v) => v.rule);
    expect(await rule()).not.toContain("slow-attempt");
    await tell("past4", 4 * DAY, 55);
    await saveDiagnosis(database(), "past4");
    expect(await rule()).toContain("slow-attempt");
  });

  it("is not what an instant in the past could have known", async () => {
    const then = await readNode("now", "train", { at: ago(5 * DAY) });
    expect(then).toBeNull();
    const before = await readNode("past1", "train", { at: ago(8 * DAY - 40) });
    expect(before?.baseline.samples).toBe(1);
  });

  it("keeps the latest of a step, and of one run no more than a few", async () => {
    const rows = await database().baseline.findMany({ orderBy: { node: "asc" } });
    expect(rows.map((r) => [r.namespace, r.pipeline, r.node])).toEqual([
      ["test", "nightly", "load"],
      ["test", "nightly", "nightly"],
      ["test", "nightly", "train"],
    ]);
    expect(rows[2]?.samples).toHaveLength(5);
  });
});
