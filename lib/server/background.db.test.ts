import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Instant, toIso } from "../base/instant.ts";
import { runQuery } from "../contract/runs.ts";
import { testDatabase } from "../testing/postgres.ts";
import { startBackgroundWork, stopBackgroundWork } from "./background.ts";
import { now } from "./clock.ts";
import { database } from "./database.ts";
import { acceptMessage } from "./ingest/accept-message.ts";
import { ingestQueue } from "./ingest/ingest-queue.ts";
import { readMetrics } from "./metrics.ts";
import { readAttention } from "./queries/attention.ts";
import { readNode } from "./queries/node.ts";
import { readRun } from "./queries/run.ts";
import { readRunFacets } from "./queries/run-facets.ts";
import { listRuns } from "./queries/run-list.ts";

const { url } = await testDatabase();
process.env["DATABASE_URL"] = url;
beforeAll(() => startBackgroundWork());
afterAll(() => stopBackgroundWork());

interface Said {
  readonly runId: string;
  readonly at: Instant;
  readonly type?: string;
  readonly name?: string;
  readonly receivedAt?: Instant;
  readonly facets?: object;
  readonly outputs?: object[];
}

async function say({
  runId,
  at,
  type = "START",
  name = "nightly",
  receivedAt = at,
  facets = {},
  outputs = [],
}: Said): Promise<void> {
  const json = {
    eventType: type,
    eventTime: toIso(at),
    run: { runId, facets },
    job: { namespace: "test", name },
    outputs,
  };
  const accepted = acceptMessage(json, JSON.stringify(json), receivedAt);
  if (!accepted.ok) throw new Error(JSON.stringify(accepted.problems));
  await ingestQueue().add([{ message: accepted.message }]);
}

const ago = (seconds: number) => (now() - seconds * 1000) as Instant;

/** Waits until the stored answer of a run is as wanted: background work decides when. */
async function stored(runId: string, state: string) {
  for (;;) {
    const row = await database().run.findUnique({ where: { id: runId } });
    if (row?.state === state) return row;
    await new Promise((next) => setTimeout(next, 100));
  }
}

const declared = { namespace: "file", name: "/model" };
const written = { ...declared, outputFacets: { outputStatistics: { size: 9 } } };

describe("background work", () => {
  it("judges a run when its events arrive", async () => {
    await say({ runId: "done", at: ago(60) });
    await say({ runId: "done", at: ago(1), type: "COMPLETE" });
    expect(await stored("done", "finished")).toMatchObject({
      outcome: "completed",
      nodesDone: 1,
      nodesTotal: 1,
      severity: 0,
    });
  });

  it("judges it again when time alone has changed the answer, though nothing more arrives", async () => {
    await say({ runId: "silent", at: now(), facets: { unstuck_heartbeat: { interval: 1 } } });
    expect((await stored("silent", "progressing")).rule).toBeNull();
    expect(await stored("silent", "stuck")).toMatchObject({ rule: "silent-heartbeat", blocker: "nightly" });
  });

  it("shows in the metrics what it has judged, and each change of a verdict once", async () => {
    const count = async (name: string) =>
      (await readMetrics()).text
        .split("\n")
        .find((line) => line.startsWith(name))
        ?.slice(name.length + 1);
    const opened = 'unstuck_verdict_changes_total{rule="silent-heartbeat",change="opened"}';
    // The thread tells of it when it is done, a moment after the run is stored.
    while ((await count(opened)) === undefined) await new Promise((next) => setTimeout(next, 50));
    expect(await count(opened)).toBe("1");
    expect(Number(await count("unstuck_diagnosis_seconds_count"))).toBeGreaterThanOrEqual(2);
  });

  it("judges while the thread that answers can do nothing", async () => {
    await say({ runId: "beside", at: ago(60) });
    // A process that ends when the run is judged, or gives up; until then this thread stands still.
    const waiting = `
      const { Client } = require("pg");
      const client = new Client(process.argv[1]);
      const judged = () => client.query("SELECT 1 FROM run WHERE id = 'beside' AND diagnosed_at IS NOT NULL");
      (async () => {
        await client.connect();
        for (let turn = 0; turn < 200 && (await judged()).rowCount === 0; turn += 1)
          await new Promise((next) => setTimeout(next, 100));
        console.log((await judged()).rowCount);
        await client.end();
      })();`;
    expect(execFileSync(process.execPath, ["-e", waiting, url], { encoding: "utf8" }).trim()).toBe("1");
  });

  it("puts what needs attention first, and into the filters", async () => {
    await say({ runId: "lost", at: ago(600), outputs: [declared] });
    await say({ runId: "lost", at: ago(300), type: "RUNNING", outputs: [written] });
    await stored("lost", "stuck");
    const attention = await readAttention();
    expect(attention.runs.map((r) => r.id)).toContain("lost");
    expect(attention.runs.map((r) => r.id)).not.toContain("done");
    const list = (given: object) => listRuns(runQuery.parse(given)).then(({ runs }) => runs.map((r) => r.id));
    expect(await list({ rule: ["lost-completion"] })).toEqual(["lost"]);
    expect(await list({ state: ["finished"] })).toEqual(["done"]);
    expect(await list({ state: ["open"], q: "LOS" })).toEqual(["lost"]);
    expect((await list({ state: ["open"] })).toSorted()).toEqual(["beside", "lost", "silent"]);
    expect((await list({ state: ["finished", "open"] })).toSorted()).toEqual([
      "beside",
      "done",
      "lost",
      "silent",
    ]);
    expect(await list({ q: "100%" })).toEqual([]);
    expect(await list({ q: "\u0000", pipeline: ["\u0000"], source: ["\ud800"], rule: ["\u0000"] })).toEqual(
      [],
    );
    expect((await readRunFacets()).rules).toContain("lost-completion");
  });

  it("pages through the runs without repeating or losing one", async () => {
    for (let i = 0; i < 5; i++)
      await say({ runId: `paged-${i}`, name: "paged", at: ago(100 + (i % 2)), type: "COMPLETE" });
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await listRuns(
        runQuery.parse({ pipeline: ["paged"], limit: 2, ...(cursor !== undefined && { cursor }) }),
      );
      seen.push(...page.runs.map((r) => r.id));
      cursor = page.nextCursor;
    }
    expect(seen.toSorted()).toEqual(["paged-0", "paged-1", "paged-2", "paged-3", "paged-4"]);
  });
});

describe("asking as of an instant", () => {
  it("answers the past by what had been received, and the future by what is known", async () => {
    await say({ runId: "then", at: ago(1000), outputs: [declared] });
    await say({ runId: "then", at: ago(900), type: "RUNNING", outputs: [written] });
    await say({ runId: "then", at: ago(10), type: "COMPLETE" });
    const stateAt = async (seconds: number) => (await readRun("then", { at: ago(seconds) }))?.diagnosis.state;
    expect(await stateAt(2000)).toBeUndefined();
    expect(await stateAt(950)).toBe("progressing");
    expect(await stateAt(500)).toBe("stuck");
    expect((await readRun("then"))?.diagnosis.state).toBe("finished");
    await say({ runId: "soon", at: ago(1) });
    expect((await readRun("soon"))?.diagnosis.state).toBe("progressing");
    expect((await readRun("soon", { at: ago(-90_000) }))?.diagnosis.state).toBe("suspect");
  });

  it("compares a changed step with its last good execution, side by side", async () => {
    const cache = (digest: string, status: string) => ({
      unstuck_cache: {
        status,
        key: digest,
        components: [
          { name: "features.py", kind: "code", digest },
          { name: "rows", kind: "parameter", digest: "7", value: "7" },
        ],
      },
    });
    await say({ runId: "before", name: "cached", at: ago(500), facets: cache("aaa", "MISS") });
    await say({
      runId: "before",
      name: "cached",
      at: ago(400),
      type: "COMPLETE",
      facets: cache("aaa", "MISS"),
    });
    await say({ runId: "after", name: "cached", at: ago(50), facets: cache("bbb", "MISS") });
    const node = await readNode("after", "cached");
    expect(node?.verdicts.map((v) => v.rule)).toContain("changed-key");
    expect(node?.attempts[0]?.cache).toMatchObject({
      baseline: { attemptId: "before" },
      components: [
        { name: "features.py", before: "aaa", now: "bbb", changed: true },
        { name: "rows", before: "7", now: "7", changed: false },
      ],
    });
    expect(node?.node.cache).toMatchObject({ status: "MISS", reran: true });
  });
});
