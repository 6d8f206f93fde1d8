import { beforeAll, expect, it } from "vitest";
import { type Instant, toIso } from "../../base/instant.ts";
import { ingestServer } from "../../testing/ingest-server.ts";
import { database } from "../database.ts";
import { markEngine } from "../mark-engine.ts";
import { judgePresent } from "./judge-present.ts";
import { recentJudgement } from "./recent-judgement.ts";
import { saveDiagnosis } from "./save-diagnosis.ts";

const { post } = await ingestServer(5_000_000);
beforeAll(markEngine);

/** A run of which a plan is all that is known: more steps than are judged anew each time. */
async function tellPlan(runId: string): Promise<void> {
  const nodes = Array.from({ length: 600 }, (_, i) => ({ key: `step_${i}` }));
  const told = await post("/api/v1/lineage/batch", [
    {
      eventType: "START",
      eventTime: toIso((Date.now() - 3_600_000) as Instant),
      run: { runId },
      job: { namespace: "plans", name: runId, facets: { unstuck_plan: { nodes, edges: [] } } },
    },
  ]);
  expect(told.status).toBeLessThan(300);
}

it("a large run is judged once for all who ask at once, and anew in the background for whoever looks at it", async () => {
  await tellPlan("watched");
  // What it teaches itself is there when it is judged again.
  await saveDiagnosis(database(), "watched");
  await saveDiagnosis(database(), "watched");
  recentJudgement().forget();
  const ask = () => judgePresent(database(), "watched");
  const [judged, other] = await Promise.all([ask(), ask()]);
  expect(other).toBe(judged);
  await saveDiagnosis(database(), "watched");
  const renewed = await ask();
  expect(renewed?.at).toBeGreaterThan(judged?.at ?? Number.POSITIVE_INFINITY);
  expect(await ask()).toBe(renewed);
});
