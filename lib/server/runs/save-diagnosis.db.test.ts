import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toIso } from "../../base/instant.ts";
import { type IngestProcess, killIngestProcesses, startIngest } from "../../testing/ingest-processes.ts";
import { statusOf } from "../../testing/load.ts";
import { openLog } from "../../testing/open-log.ts";
import { testDatabase } from "../../testing/postgres.ts";
import { prepareJobs } from "../background.ts";
import { now } from "../clock.ts";
import type { Statements } from "../database.ts";
import { readOpenVerdicts } from "../queries/open-verdicts.ts";
import { lockOf, saveDiagnosis } from "./save-diagnosis.ts";

const { url } = await testDatabase();
const log = openLog(url);
killIngestProcesses();
beforeAll(() => prepareJobs(url));
afterAll(() => log.close());

/** Posts an event of a lone job. `every` promises beats. */
async function say(to: IngestProcess, runId: string, type: string, every?: number): Promise<void> {
  const body = JSON.stringify({
    eventType: type,
    eventTime: toIso(now()),
    run: { runId, facets: every === undefined ? {} : { unstuck_heartbeat: { interval: every } } },
    // Each of a source of its own: one that is silent as a whole says nothing of its attempts.
    job: { namespace: runId, name: "nightly" },
  });
  expect(await statusOf(`${to.address}/lineage`, body)).toBe(201);
}

const historyOf = async (runId: string) => {
  const rows = await log.db.verdictChange.findMany({ where: { runId }, orderBy: { position: "asc" } });
  return rows.map(({ change, rule, words }) =>
    change === "closed" ? `closed ${rule}: ${words}` : `${change} ${rule}`,
  );
};

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(100);
}

/** How many jobs there are, taken or not; of them those that need not wait. */
async function dueJobs(): Promise<number> {
  const [row] = await log.db.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM graphile_worker.jobs WHERE run_at <= now()`;
  return row?.n ?? 0;
}

describe("several servers", () => {
  it("record each change of a verdict once, though all of them judge the same runs at once", {
    timeout: 120_000,
  }, async () => {
    const servers = await Promise.all([1, 2, 3].map(() => startIngest(url, { background: true })));
    const [first] = servers;
    if (!first) throw new Error("no server");
    const runs = Array.from({ length: 12 }, (_, i) => `silent-${i}`);
    await Promise.all(runs.map((runId) => say(first, runId, "START", 1)));
    await until(
      async () =>
        (await log.db.run.count({ where: { rule: "silent-heartbeat", certainty: "likely" } })) === 12,
    );
    // As if many deadlines and events had come due in the same moment.
    const allAtOnce = async () => {
      await log.db.$executeRaw`
        SELECT graphile_worker.add_job('diagnose', json_build_object('runId', r)) FROM unnest(${runs}::text[]) r,
          generate_series(1, 12)`;
      await until(async () => (await dueJobs()) === 0);
    };
    await allAtOnce();
    await Promise.all(runs.map((runId, i) => say(servers[i % 3] ?? first, runId, "COMPLETE")));
    await allAtOnce();
    await until(async () => (await log.db.run.count({ where: { state: "finished" } })) === 12);
    for (const runId of runs) {
      const told = (await historyOf(runId)).filter((text) => text.includes("silent-heartbeat"));
      // It was looked at while suspect, or only when it was dead: that is for the machine to say.
      const opened = told.filter((text) => !text.startsWith("changed"));
      expect(opened).toEqual([
        "opened silent-heartbeat",
        expect.stringMatching(/^closed silent-heartbeat: `COMPLETE` arrived \d+s late$/),
      ]);
      expect(told.length - opened.length).toBeLessThanOrEqual(1);
      expect(await readOpenVerdicts(log.db, runId)).toEqual([]);
    }
    expect(servers.map((server) => server.told)).toEqual(["", "", ""]);
    await Promise.all(servers.map((server) => server.kill()));
  });

  it("take over what one that was killed had begun", { timeout: 120_000 }, async () => {
    const doomed = await startIngest(url, { background: true });
    await log.db.$transaction(
      async (tx) => {
        // Nobody can diagnose it meanwhile.
        await tx.$executeRaw`SELECT pg_advisory_xact_lock(${lockOf("orphan")})`;
        await say(doomed, "orphan", "START");
        await until(async () => (await takenBy("orphan")) !== undefined);
        await doomed.kill();
      },
      { timeout: 60_000 },
    );
    const dead = await takenBy("orphan");
    expect(dead).toBeDefined();
    // As if a minute had passed.
    await log.db.$executeRaw`UPDATE worker SET seen_at = seen_at - interval '1 minute' WHERE pool = ${dead}`;
    await log.db.$executeRaw`
      UPDATE graphile_worker._private_jobs SET locked_at = locked_at - interval '1 minute' WHERE locked_by = ${dead}`;
    const heir = await startIngest(url, { background: true });
    const diagnosed = { id: "orphan", diagnosedAt: { not: null } };
    await until(async () => (await log.db.run.count({ where: diagnosed })) === 1);
    await heir.kill();
  });
});

async function takenBy(runId: string): Promise<string | undefined> {
  const [row] = await log.db.$queryRaw<{ by: string | null }[]>`
    SELECT locked_by AS by FROM graphile_worker._private_jobs
    WHERE payload->>'runId' = ${runId} AND locked_by IS NOT NULL`;
  return row?.by ?? undefined;
}

/** Does something while a judgement of a run stands still in its midst, and waits until that is stored. */
async function whileJudged(runId: string, work: (tx: Statements) => Promise<unknown>): Promise<void> {
  let saved: Promise<unknown> | undefined;
  await log.db.$transaction(
    async (tx) => {
      // Each judgement looks at it.
      await tx.$executeRaw`LOCK TABLE policy_change IN ACCESS EXCLUSIVE MODE`;
      saved = saveDiagnosis(log.db, runId);
      await until(async () => (await sessions("active", "%policy_change%")).length > 0);
      await work(tx);
    },
    { timeout: 60_000 },
  );
  await saved;
}

describe("a diagnosis under way", () => {
  it("keeps no row version from being taken away that is replaced meanwhile", async () => {
    const server = await startIngest(url);
    await say(server, "under way", "START", 1);
    await whileJudged("under way", async () => {
      // Its lock, and ours.
      expect(await sessions("idle in transaction", "%")).toEqual([{ keeps: false }, { keeps: false }]);
    });
    expect(await log.db.run.count({ where: { id: "under way", diagnosedAt: { not: null } } })).toBe(1);
  });

  it("stores nothing over one that was stored meanwhile, its lock being lost", async () => {
    const server = await startIngest(url);
    await say(server, "overtaken", "START", 1);
    const at = new Date();
    await sleep(8_500);
    await whileJudged(
      "overtaken",
      (tx) => tx.$executeRaw`
      UPDATE run SET headline = 'Another said so.', diagnosed_at = ${at}::timestamptz WHERE id = 'overtaken'`,
    );
    expect(await log.db.run.findUnique({ where: { id: "overtaken" } })).toMatchObject({
      headline: "Another said so.",
      diagnosedAt: at,
    });
    expect(await historyOf("overtaken")).toEqual([]);
    await saveDiagnosis(log.db, "overtaken");
    expect(await historyOf("overtaken")).toEqual(["opened silent-heartbeat"]);
  });
});

/** Other connections in a state, by their last statement: whether they keep what is replaced from now on. */
async function sessions(state: string, like: string): Promise<{ keeps: boolean }[]> {
  return log.db.$queryRaw`
    SELECT backend_xmin IS NOT NULL OR backend_xid IS NOT NULL AS keeps FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = ${state} AND query LIKE ${like}`;
}

describe("the history of verdicts", () => {
  it("is told once by diagnoses of one run that overlap, and names what did it", async () => {
    const server = await startIngest(url);
    await say(server, "overlap", "START", 1);
    await sleep(8_500);
    await Promise.all([1, 2, 3, 4].map(() => saveDiagnosis(log.db, "overlap")));
    const [opened, ...more] = await log.db.verdictChange.findMany({ where: { runId: "overlap" } });
    expect(more).toEqual([]);
    const [message] = await log.db.message.findMany({ where: { attemptId: "overlap" } });
    expect(opened).toMatchObject({ change: "opened", rule: "silent-heartbeat", messages: [message?.id] });
    expect((opened?.toPosition ?? 0n) >= (message?.position ?? 1n)).toBe(true);
  });

  it("outlives a rebuild, and goes on where it stood", async () => {
    const before = await historyOf("overlap");
    await log.rebuild();
    await saveDiagnosis(log.db, "overlap");
    expect(await historyOf("overlap")).toEqual(before);
  });

  it("is never changed", async () => {
    for (const harm of [
      "UPDATE verdict_change SET words = ''",
      "DELETE FROM verdict_change",
      "TRUNCATE verdict_change",
    ])
      await expect(log.db.$executeRawUnsafe(harm)).rejects.toThrow(/append-only/);
  });
});
