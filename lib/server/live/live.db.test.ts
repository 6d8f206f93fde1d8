import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, describe, expect, it } from "vitest";
import { type Followed, follow } from "../../testing/follow.ts";
import { killIngestProcesses, startIngest } from "../../testing/ingest-processes.ts";
import { testDatabase } from "../../testing/postgres.ts";

const { url } = await testDatabase();
killIngestProcesses();
const followed: Followed[] = [];
afterAll(() => {
  for (const one of followed) one.stop();
});

const reading = async (...args: Parameters<typeof follow>) => {
  const one = await follow(...args);
  followed.push(one);
  return one;
};

async function post(address: string, source: string, runId: string, type = "START"): Promise<void> {
  const response = await fetch(`${address}/lineage`, {
    method: "POST",
    body: JSON.stringify({
      eventType: type,
      eventTime: "2026-01-31T09:30:00Z",
      run: { runId },
      job: { namespace: source, name: "nightly" },
    }),
  });
  expect(response.status).toBe(201);
}

const writer = await startIngest(url, { background: true });
const reader = await startIngest(url);

describe("two servers on one database", () => {
  it("tells at the one what was committed at the other: the run, its source, and the lists", async () => {
    const [mine, other] = [randomUUID(), randomUUID()];
    const run = await reading(reader.address, `run:${mine}`);
    const source = await reading(reader.address, "source:shop");
    const home = await reading(reader.address, "runs");
    const sources = await reading(reader.address, "sources");
    await post(writer.address, "elsewhere", other);
    await sources.change("sources");
    await post(writer.address, "shop", mine);
    await Promise.all([
      run.change(`run:${mine}`),
      source.change("source:shop"),
      home.change("runs"),
      sources.change("sources"),
    ]);
    // Each was told of what it follows, and of nothing else.
    expect(new Set(run.heard.flat())).toEqual(new Set([`run:${mine}`]));
    expect(new Set(source.heard.flat())).toEqual(new Set(["source:shop"]));
  });

  it("tells everyone where more changed than a note can name", async () => {
    const mine = randomUUID();
    const stream = await reading(reader.address, `run:${mine}`);
    const events = Array.from({ length: 400 }, () => ({
      eventType: "START",
      eventTime: "2026-01-31T09:30:00Z",
      run: { runId: randomUUID() },
      job: { namespace: "shop", name: "nightly" },
    }));
    const sent = await fetch(`${writer.address}/lineage/batch`, {
      method: "POST",
      body: JSON.stringify(events),
    });
    expect(sent.status).toBe(200);
    await stream.change(`run:${mine}`);
  });

  it("ends all streams when the connection that listens is lost, and makes it anew for the next", async () => {
    const runId = randomUUID();
    const stream = await reading(reader.address, `run:${runId}`);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const listening =
      "FROM pg_stat_activity WHERE application_name = 'unstuck live' AND datname = current_database()";
    expect((await client.query(`SELECT pid ${listening}`)).rowCount).toBe(1);
    await client.query(`SELECT pg_terminate_backend(pid) ${listening}`);
    await stream.ended;
    const again = await reading(reader.address, `run:${runId}`);
    expect(again.status).toBe(200);
    await post(writer.address, "shop", runId);
    await again.change(`run:${runId}`);
    // One a process, however many follow.
    await reading(reader.address, "runs");
    expect((await client.query(`SELECT pid ${listening}`)).rowCount).toBe(1);
    await client.end();
  });

  it.each([
    ["nothing", ""],
    ["a topic that is none", "?topic=everything"],
    ["a run without an id", "?topic=run:"],
    ["more than a page shows", `?${Array.from({ length: 21 }, (_, i) => `topic=run:${i}`).join("&")}`],
  ])("refuses to follow %s, with the field and the reason", async (_, query) => {
    const response = await fetch(`${reader.address}/live${query}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      problems: [{ path: expect.stringContaining("topic"), reason: expect.any(String) }],
    });
  });
});
