import { beforeAll, expect, it } from "vitest";
import { type Instant, toIso } from "../../base/instant.ts";
import { ingestServer } from "../../testing/ingest-server.ts";
import { database } from "../database.ts";
import { markEngine } from "../mark-engine.ts";
import { judgePresent } from "./judge-present.ts";
import { judgeWatched } from "./keep-diagnosis.ts";
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

it("a large run is judged once for all who ask at once, and behind the answer before it is void by time alone", async () => {
  await tellPlan("watched");
  // What it teaches itself is there when it is judged again.
  await saveDiagnosis(database(), "watched");
  await saveDiagnosis(database(), "watched");
  const recent = recentJudgement();
  recent.forget();
  const ask = () => judgePresent(database(), "watched");
  const [judged, other] = await Promise.all([ask(), ask()]);
  if (!judged) throw new Error("no run");
  expect(other).toBe(judged);
  const { holdsUntil } = await database().diagnosis.findUniqueOrThrow({ where: { runId: "watched" } });
  const all = (holdsUntil?.getTime() ?? Number.NaN) - judged.at;
  const isAgeing = (part: number) => recent.isAgeing(judged, (judged.at + part * all) as Instant);
  expect([0, 0.5, 0.7].map(isAgeing)).toEqual([false, false, true]);
  const renewed = new Promise((made) => {
    recent.renew("watched", async () => {
      const { judged: again } = (await judgeWatched(database(), "watched", 0n)) ?? {};
      made(again);
      return again;
    });
  });
  expect(await ask()).toBe(judged);
  expect(await renewed).toMatchObject({ run: { id: "watched" } });
});
