import { describe, expect, it } from "vitest";
import { ingestServer } from "../../testing/ingest-server.ts";
import { database } from "../database.ts";
import { indexable } from "../indexable.ts";
import { readMetrics } from "../metrics.ts";
import { readRun } from "../queries/run.ts";
import { listSources, readSource } from "../queries/sources.ts";
import { saveDiagnosis } from "../runs/save-diagnosis.ts";
import { flushAccount } from "./account.ts";
import { answering } from "./answer.ts";
import { QueueFullError } from "./commit-queue.ts";
import { saveLedger } from "./save-ledger.ts";

const { post } = await ingestServer();

let count = 0;
function start(namespace: string, fields: object = {}) {
  count += 1;
  return {
    eventType: "START",
    eventTime: new Date().toISOString(),
    producer: "https://example.com/test",
    schemaURL: "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
    run: { runId: `run-${count}` },
    job: { namespace, name: `job-${count}` },
    ...fields,
  };
}
const noted = (namespace: string, runId: string) =>
  start(namespace, { run: { runId, facets: { parent: { run: {} }, nominalTime: 7 } } });

/** The metrics whose name begins so, without comments. */
async function metric(begin: string): Promise<string[]> {
  const { text } = await readMetrics();
  return text.split("\n").filter((line) => line.startsWith(begin));
}

const countsOf = async (source: string) => {
  await flushAccount();
  const [row] = await database().sourceHour.findMany({ where: { source } });
  if (!row) return undefined;
  const { accepted, duplicate, refused, beats } = row;
  return { accepted, duplicate, noted: row.noted, refused, beats: Number(beats) };
};

describe("what came of a source", () => {
  it("is counted once each: taken, there already, taken in part, refused; and its beats", async () => {
    const event = start("shop://eu/ü");
    expect((await post("/api/v1/lineage", event)).status).toBe(201);
    expect((await post("/api/v1/lineage", event)).status).toBe(201);
    expect((await post("/api/v1/lineage/batch", [start("shop://eu/ü"), event, event])).status).toBe(200);
    expect((await post("/api/v1/lineage", noted("shop://eu/ü", "in-part"))).status).toBe(201);
    expect((await post("/api/v1/lineage", start("shop://eu/ü", { run: {} }))).status).toBe(422);
    const beat = { runId: event.run.runId, interval: 10 };
    expect((await post("/api/v1/heartbeats", { beats: [beat, beat] })).status).toBe(201);

    const counts = { accepted: 2, duplicate: 3, noted: 1, refused: 1, beats: 2 };
    expect(await countsOf("shop://eu/ü")).toEqual(counts);
    const series = await metric('unstuck_ingest_events_total{source="shop://eu/ü"');
    expect(series.map((line) => line.replace(/^.*result=/, "")).sort()).toEqual([
      '"accepted"} 2',
      '"duplicate"} 3',
      '"noted"} 1',
      '"refused"} 1',
    ]);
    expect(await metric('unstuck_ingest_beats_total{source="shop://eu/ü"}')).toHaveLength(1);
    const source = await readSource("shop://eu/ü");
    expect(source?.week.at(-1)).toMatchObject(counts);
    expect(source?.summary).toMatchObject({ state: "live", rhythms: 1, openRuns: 3 });
  });

  it("is counted where its name is so long that it is cut in the midst of a character, and its run is judged", async () => {
    const namespace = `${"a".repeat(282)}${"🐘".repeat(20)}`;
    const event = start(namespace);
    expect((await post("/api/v1/lineage", event)).status).toBe(201);
    expect((await post("/api/v1/lineage", start(namespace, { run: {} }))).status).toBe(422);
    expect(await countsOf(indexable(namespace))).toMatchObject({ accepted: 1, refused: 1 });
    expect((await readSource(namespace))?.week.at(-1)).toMatchObject({ accepted: 1, refused: 1 });
    await saveDiagnosis(database(), event.run.runId);
    expect((await readRun(event.run.runId))?.diagnosis.state).toBe("progressing");
  });

  it("is in the answers, the commits, the lags and the queue, too", async () => {
    const [before] = await metric("unstuck_ingest_lag_seconds_count");
    await post("/api/v1/lineage", start("metered"));
    await post("/api/v1/lineage", "{");
    expect((await metric('unstuck_ingest_answers_total{status="400"}')).length).toBe(1);
    expect((await metric('unstuck_ingest_answers_total{status="201"}')).length).toBe(1);
    expect((await metric("unstuck_ingest_commit_seconds_count"))[0]).toMatch(/ [1-9]\d*$/);
    expect((await metric("unstuck_ingest_commit_items_sum"))[0]).toMatch(/ [1-9]\d*$/);
    expect(await metric("unstuck_ingest_lag_seconds_count")).not.toEqual([before]);
    expect(await metric("unstuck_ingest_queue_")).toEqual([
      "unstuck_ingest_queue_items 0",
      "unstuck_ingest_queue_bytes 0",
    ]);
    expect(await metric("process_cpu_seconds_total")).toHaveLength(1);
  });
});

describe("what is refused", () => {
  it("is remembered with its source, field, reason and body, though nothing of the source was ever taken", async () => {
    const event = start("new-here", { run: {} });
    await post("/api/v1/lineage", event, { Cookie: "session=secret-token" });
    await flushAccount();
    const source = await readSource("new-here");
    expect(source?.summary).toMatchObject({ state: "quiet", lastReceivedAt: null, openRuns: 0 });
    expect(source?.refusals).toHaveLength(1);
    expect(source?.refusals[0]).toMatchObject({ status: 422, path: "run.runId" });
    expect(JSON.parse(source?.refusals[0]?.body ?? "")).toEqual(event);
    expect(JSON.stringify(source)).not.toContain("secret-token");
    const { sources } = await listSources();
    expect(sources.map(({ name }) => name)).toContain("new-here");
  });

  it.each([
    ["no JSON", "/api/v1/lineage", "{ no JSON", {}, 400],
    ["no batch", "/api/v1/lineage/batch", '{ "no": "batch" }', {}, 422],
    ["no heartbeats", "/api/v1/heartbeats", '{ "no": "beats" }', {}, 422],
    ["too large", "/api/v1/lineage", `"${"x".repeat(200_000)}"`, {}, 413],
    ["of an encoding unknown here", "/api/v1/lineage", "{}", { "Content-Encoding": "zstd" }, 415],
  ])("is remembered where it is %s", async (_, path, body, headers, status) => {
    await flushAccount();
    await database().refusal.deleteMany({});
    expect((await post(path, body, headers)).status).toBe(status);
    await flushAccount();
    const rows = await database().refusal.findMany({});
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ source: "unknown", status });
    expect(rows[0]?.reason).not.toBe("");
    expect(rows[0]?.body).toBe(status === 413 || status === 415 ? "" : body);
  });

  it("is remembered line by line in a batch that is otherwise taken", async () => {
    const lines = [start("in-lines"), start("in-lines", { job: { namespace: "in-lines" } })];
    const body = `${lines.map((line) => JSON.stringify(line)).join("\n")}\n{ torn`;
    await database().refusal.deleteMany({});
    await post("/api/v1/lineage/batch", body, { "Content-Type": "application/x-ndjson" });
    await flushAccount();
    const rows = await database().refusal.findMany({ orderBy: { id: "asc" } });
    expect(rows.map(({ source, path }) => [source, path])).toEqual([
      ["in-lines", "job.name"],
      ["unknown", ""],
    ]);
    expect(await countsOf("in-lines")).toMatchObject({ accepted: 1, refused: 1 });
  });

  it("is not what only has to come again", async () => {
    await flushAccount();
    await database().refusal.deleteMany({});
    const answer = await answering(() => Promise.reject(new QueueFullError()));
    expect(answer.status).toBe(429);
    await flushAccount();
    expect(await database().refusal.count()).toBe(0);
    expect(await metric('unstuck_ingest_answers_total{status="429"}')).toEqual([
      'unstuck_ingest_answers_total{status="429"} 1',
    ]);
  });

  it("goes when it is old: 200 of each source stay, the newest", async () => {
    const refusal = (source: string, n: number) => ({
      ...{ source, at: Date.now() as never, status: 422, path: "p", reason: `reason ${n}`, body: "{}" },
    });
    const page = (from: number, to: number) => ({
      hours: [],
      notes: [],
      refusals: Array.from({ length: to - from }, (_, n) => refusal("noisy", from + n)),
    });
    await saveLedger(database(), { ...page(0, 0), refusals: [refusal("calm", 0)] });
    await saveLedger(database(), page(0, 150));
    await saveLedger(database(), page(150, 270));
    await saveLedger(database(), page(270, 900));
    const rows = await database().refusal.findMany({ where: { source: "noisy" }, orderBy: { id: "asc" } });
    expect(rows).toHaveLength(200);
    expect([rows[0]?.reason, rows.at(-1)?.reason]).toEqual(["reason 700", "reason 899"]);
    expect(await database().refusal.count({ where: { source: "calm" } })).toBe(1);
    await saveLedger(database(), page(900, 901));
    const after = await database().refusal.findMany({ where: { source: "noisy" }, orderBy: { id: "asc" } });
    expect([after.length, after[0]?.reason, after.at(-1)?.reason]).toEqual([200, "reason 701", "reason 900"]);
  });
});

describe("what was taken in part", () => {
  it("is noted with its message, which leads to the run", async () => {
    await post("/api/v1/lineage", noted("half-read", "half-read-run"));
    await flushAccount();
    const source = await readSource("half-read");
    expect(source?.notes.length).toBeGreaterThan(0);
    expect(source?.notes[0]).toMatchObject({ attemptId: "half-read-run", eventId: source?.messages[0]?.id });
    expect(source?.messages).toHaveLength(1);
    expect(source?.producer).toBe("https://example.com/test");
  });
});

describe("the account", () => {
  it("adds up over writes of one hour, also by several servers at once", async () => {
    const hours = [{ source: "sum", hour: 7, accepted: 1, duplicate: 2, noted: 3, refused: 4, beats: 5 }];
    const page = { hours, refusals: [], notes: [] };
    await Promise.all(Array.from({ length: 8 }, () => saveLedger(database(), page)));
    expect(await countsOf("sum")).toEqual({ accepted: 8, duplicate: 16, noted: 24, refused: 32, beats: 40 });
  });

  it("knows nothing of a source that nobody named", async () => {
    expect(await readSource("nobody\u0000")).toBeNull();
  });
});
