import { beforeAll, expect, it } from "vitest";
import type { Instant } from "../../base/instant.ts";
import { ingestServer } from "../../testing/ingest-server.ts";
import { database } from "../database.ts";
import { loadHistory } from "./load-history.ts";
import { loadRun } from "./load-run.ts";
import { questionsOf } from "./questions.ts";

const { post } = await ingestServer(1_000_000);
const BEGAN = Date.now() - 86_400_000;
const INSTANCES = [0, 1, 2];

/** One run of a pipeline with a mapped step, which began so many minutes after the first; `ends` ends its instances. */
function runSaid(id: string, minute: number, ends: boolean): object[] {
  const at = (seconds: number) => new Date(BEGAN + minute * 60_000 + seconds * 1000).toISOString();
  const parent = { run: { runId: id }, job: { namespace: "n", name: "daily" } };
  const instance = (i: number, eventType: string, seconds: number) => ({
    eventType,
    eventTime: at(seconds),
    run: {
      runId: `${id}-${i}`,
      facets: { parent, unstuck_attempt: { nodeKey: "load", number: 1, mapIndex: i } },
    },
    job: { namespace: "n", name: "daily.load" },
  });
  return [
    { eventType: "START", eventTime: at(0), run: { runId: id }, job: { namespace: "n", name: "daily" } },
    ...INSTANCES.flatMap((i) => [instance(i, "START", 1), ...(ends ? [instance(i, "COMPLETE", 9 + i)] : [])]),
  ];
}

/** Runs before the one that is judged, and after it: more of them than are looked at. */
const before = Array.from({ length: 10 }, (_, n) => ({ id: `before-${n}`, minute: n }));
const after = Array.from({ length: 10 }, (_, n) => ({ id: `after-${n}`, minute: 20 + n }));

beforeAll(async () => {
  const runs = [...before, ...after].flatMap(({ id, minute }) => runSaid(id, minute, true));
  const response = await post("/api/v1/lineage/batch", [...runs, ...runSaid("judged", 15, false)]);
  expect(response.status).toBeLessThan(300);
});

it("is of each instance of a mapped step its own, the latest eight of before the run, the latest first", async () => {
  const run = await loadRun(database(), "judged");
  if (!run) throw new Error("no run");
  const history = await loadHistory(database(), run, questionsOf(run).history);
  for (const i of INSTANCES) {
    const past = history.get(`load[${i}]`) ?? [];
    expect(past.map((p) => p.attemptId)).toEqual([9, 8, 7, 6, 5, 4, 3, 2].map((n) => `before-${n}-${i}`));
    expect(past[0]?.endedAt).toBe((BEGAN + 9 * 60_000 + (9 + i) * 1000) as Instant);
  }
});
