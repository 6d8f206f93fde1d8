import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Instant, toIso } from "../../base/instant.ts";
import { diagnosisResource } from "../../contract/diagnosis.ts";
import { diagnose } from "../../diagnosis/diagnose.ts";
import type { Json } from "../../testing/lineage.ts";
import { accepted, openLog } from "../../testing/open-log.ts";
import { testDatabase } from "../../testing/postgres.ts";
import { tries } from "../../testing/wire-trees.ts";
import { prepareJobs } from "../background.ts";
import { now } from "../clock.ts";
import { markEngine } from "../mark-engine.ts";
import { judgeRun } from "./judge-run.ts";
import { keptDiagnosis } from "./kept-diagnosis.ts";
import { saveDiagnosis } from "./save-diagnosis.ts";

const { url } = await testDatabase();
const log = openLog(url);
beforeAll(async () => {
  await prepareJobs(url);
  await markEngine();
});
afterAll(() => log.close());

/** An attempt of the source: when it was told of, seconds ago, the beats that it promised, and whether it ended at once. */
const attempt = fc.record({
  ago: fc.oneof(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 4_000 })),
  promises: fc.constantFrom(undefined, 1, 10, 60),
  ends: fc.boolean(),
});
type Attempt = typeof attempt extends fc.Arbitrary<infer T> ? T : never;

const story = fc.record({
  own: fc.array(attempt, { minLength: 1, maxLength: 3 }),
  before: fc.array(attempt, { maxLength: 3 }),
  after: fc.array(attempt, { maxLength: 2 }),
});

const STEPS = 500;
let told = 0;

function said(id: string, source: string, at: Instant, type: string, run: Json, job: Json = {}): Json {
  return {
    ...{ eventType: type, eventTime: toIso(at) },
    run: { runId: id, facets: run },
    job: { namespace: source, name: `job-${id}`, facets: job },
  };
}

/** Tells of an attempt as if it had been heard when it says. */
async function tell(
  id: string,
  source: string,
  { promises, ends }: Attempt,
  at: Instant,
  run: Json = {},
): Promise<void> {
  const beats = promises === undefined ? {} : { unstuck_heartbeat: { interval: promises } };
  const messages = [said(id, source, at, "START", { ...run, ...beats })];
  if (ends) messages.push(said(id, source, at, "COMPLETE", run));
  await log.append(accepted(messages.map((json) => ({ json, receivedAt: at }))));
}

/** What an answer says, whatever the ages in its words. */
function gistOf(diagnosis: {
  readonly state: string;
  readonly verdicts: readonly { rule: string; nodeKey: string; certainty: string; ruleClass: string }[];
  readonly sources: readonly { name: string; dark: boolean }[];
}) {
  return {
    state: diagnosis.state,
    verdicts: diagnosis.verdicts.map((v) => `${v.nodeKey} ${v.rule} ${v.ruleClass} ${v.certainty}`),
    dark: diagnosis.sources.map((s) => `${s.name} ${s.dark}`),
  };
}

it("an answer that still holds is the one that would be made then, whatever was heard of its source", {
  timeout: 180_000,
}, async () => {
  let held = 0;
  await fc.assert(
    fc.asyncProperty(story, async ({ own, before, after }) => {
      told += 1;
      const [id, source] = [`run-${told}`, `source-${told}`];
      const present = now();
      const ago = (seconds: number) => (present - seconds * 1000) as Instant;
      const nodes = Array.from({ length: STEPS }, (_, i) => ({ key: `s${i}` }));
      const edges = nodes.slice(1).map(({ key }) => ({ from: "s0", to: key }));
      const root = said(id, source, ago(4_000), "START", {}, { unstuck_plan: { nodes, edges } });
      await log.append(accepted([{ json: root, receivedAt: ago(4_000) }]));
      for (const [i, one] of own.entries())
        await tell(`${id}-${i}`, source, one, ago(one.ago), {
          parent: { run: { runId: id }, job: { namespace: source, name: `job-${id}` } },
          unstuck_attempt: { nodeKey: `s${i}`, number: 1 },
        });
      for (const [i, one] of before.entries()) await tell(`${id}-b${i}`, source, one, ago(one.ago));
      await saveDiagnosis(log.db, id);
      await saveDiagnosis(log.db, id);
      const row = await log.db.diagnosis.findUniqueOrThrow({ where: { runId: id } });
      const text = await keptDiagnosis(log.db, id, (row.at.getTime() + 1) as Instant);
      const { nextChangeAt } = diagnosisResource.parse(JSON.parse(text ?? "null"));
      // Only the words may be older than they are allowed to be.
      await log.db.diagnosis.update({ where: { runId: id }, data: { holdsUntil: nextChangeAt } });
      for (const [i, one] of after.entries()) await tell(`${id}-a${i}`, source, one, now());
      const judged = await judgeRun(log.db, id);
      if (!judged) throw new Error("no run");
      for (const later of [500, 5_000, 20_000, 100_000, 1_000_000]) {
        const at = (row.at.getTime() + later) as Instant;
        const kept = await keptDiagnosis(log.db, id, at);
        if (kept === undefined) continue;
        held += 1;
        const anew = diagnose(judged.run, judged.context, at);
        expect(gistOf(diagnosisResource.parse(JSON.parse(kept)))).toEqual(gistOf(anew));
      }
    }),
    tries(25),
  );
  expect(held).toBeGreaterThan(20);
});
