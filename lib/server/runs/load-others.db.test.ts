import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Instant, toIso } from "../../base/instant.ts";
import { testDatabase } from "../../testing/postgres.ts";
import { prepareJobs } from "../background.ts";
import { now } from "../clock.ts";
import { database } from "../database.ts";
import { acceptMessage } from "../ingest/accept-message.ts";
import { closeWriter, ingestQueue } from "../ingest/ingest-queue.ts";
import { readNode } from "../queries/node.ts";
import { judgeRun } from "./judge-run.ts";
import { saveDiagnosis } from "./save-diagnosis.ts";

const { url } = await testDatabase();
process.env["DATABASE_URL"] = url;
beforeAll(() => prepareJobs(url));
afterAll(async () => {
  await closeWriter();
  await database().$disconnect();
});

const began = now();
const ago = (seconds: number) => (began - seconds * 1000) as Instant;

async function say(runId: string, eventType: string, at: Instant, facets: object = {}): Promise<void> {
  const json = {
    eventType,
    eventTime: toIso(at),
    run: { runId, facets },
    job: { namespace: "test", name: `job-${runId}` },
  };
  const accepted = acceptMessage(json, JSON.stringify(json), at);
  if (!accepted.ok) throw new Error(JSON.stringify(accepted.problems));
  await ingestQueue().add([{ message: accepted.message }]);
}

/** A run that waits, and was declared to come after another. */
const waits = (runId: string, after: string) =>
  say(runId, "OTHER", ago(600), {
    jobDependencies: {
      upstream: [{ job: { namespace: "test", name: `job-${after}` }, run: { runId: after } }],
    },
  });
const claimOf = async (runId: string) => (await judgeRun(database(), runId))?.diagnosis.blockers[0]?.verdict;

describe("runs that wait for each other's ends", () => {
  it("say how the run stands that they wait for, and what holds it in the end", async () => {
    await say("c", "START", ago(600), { unstuck_heartbeat: { interval: 10 } });
    await saveDiagnosis(database(), "c");
    await waits("b", "c");
    await saveDiagnosis(database(), "b");
    await waits("a", "b");
    expect((await claimOf("b"))?.claim).toBe("`job-b` waits for run `c` of `job-c`, which is stuck itself");
    const verdict = await claimOf("a");
    expect(verdict?.claim).toBe(
      "`job-a` waits for run `b` of `job-b`, which waits itself: in the end for run `c` of `job-c`, which is stuck itself",
    );
    const { verdicts } = (await readNode("a", "job-a")) ?? {};
    expect(verdicts?.[0]?.evidence.find((e) => e.runId === "b")?.text).toContain("which waits itself");
  });

  it("are not missed in a DAG whose step they may be, where they name no parent", async () => {
    await say("dag", "START", ago(3600), { unstuck_plan: { nodes: [{ key: "x", job: "job-stray" }] } });
    expect(await claimOf("dag")).toMatchObject({ rule: "never-started", nodeKey: "x" });
    await say("stray", "START", ago(3000));
    expect(await claimOf("dag")).toBeNull();
    await say("stray", "COMPLETE", ago(2000));
    expect((await claimOf("dag"))?.claim).toContain(
      "`job-stray` is of its job, does not say what it is a part of",
    );
  });

  it("are cut where they close a circle, which is told", async () => {
    await waits("x", "y");
    await waits("y", "z");
    await waits("z", "x");
    for (const id of ["x", "y", "z", "x", "y", "z"]) await saveDiagnosis(database(), id);
    for (const id of ["x", "y", "z"]) {
      expect(await claimOf(id)).toMatchObject({ rule: "blocked-upstream", ruleClass: "stuck" });
    }
  });

  it("take the execution that fits where only a job is named: begun before, or still open", async () => {
    const job = { namespace: "test", name: "job-of-many" };
    const run = (runId: string, eventType: string, at: Instant) => {
      const json = { eventType, eventTime: toIso(at), run: { runId }, job };
      const accepted = acceptMessage(json, JSON.stringify(json), at);
      if (!accepted.ok) throw new Error(JSON.stringify(accepted.problems));
      return ingestQueue().add([{ message: accepted.message }]);
    };
    await run("many-1", "START", ago(900));
    await run("many-2", "START", ago(800));
    await run("many-3", "START", ago(300));
    await run("many-3", "COMPLETE", ago(200));
    await say("asks", "OTHER", ago(500), { jobDependencies: { upstream: [{ job }] } });
    // The third began after somebody waited, and has ended: it is none of those that were waited for.
    expect(await claimOf("asks")).toMatchObject({ rule: "blocked-upstream", certainty: "likely" });
    expect((await claimOf("asks"))?.claim).toContain("run `many-2` of `job-of-many`");
    await run("many-2", "COMPLETE", ago(100));
    expect(await claimOf("asks")).toBeNull();
  });

  it("see of an instant in the past what was known of the other then", async () => {
    await say("late", "START", ago(100));
    await say("early", "OTHER", ago(200), {
      jobDependencies: { upstream: [{ job: { namespace: "test", name: "j" }, run: { runId: "late" } }] },
    });
    const then = await judgeRun(database(), "early", { at: ago(150) });
    expect(then?.context.others?.size).toBe(0);
    const since = await judgeRun(database(), "early", { at: ago(50) });
    expect(since?.context.others?.get("late")).toMatchObject({ status: "open", state: null, behind: [] });
  });
});
