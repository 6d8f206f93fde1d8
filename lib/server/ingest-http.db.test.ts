import { request } from "node:http";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { bucketsSet } from "../base/bitmap.ts";
import { ingestServer } from "../testing/ingest-server.ts";
import { database } from "./database.ts";
import { unpackBody } from "./ingest/stored-body.ts";
import { loadRun } from "./runs/load-run.ts";

const { post, address } = await ingestServer();

let count = 0;
/** A START that nothing else in this file speaks of. */
function start(fields: object = {}) {
  count += 1;
  return {
    eventType: "START",
    eventTime: "2026-01-31T09:30:00Z",
    producer: "https://example.com/test",
    schemaURL: "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
    run: { runId: `run-${count}` },
    job: { namespace: "test", name: `job-${count}` },
    ...fields,
  };
}

const stored = (runId: string) => database().message.findMany({ where: { attemptId: runId } });

describe("POST /api/v1/lineage", () => {
  it("answers 201 with {} once the event is committed", async () => {
    const event = start();
    const response = await post("/api/v1/lineage", event);
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({});
    const rows = await stored(event.run.runId);
    expect(rows.map((row) => JSON.parse(unpackBody(row.body)))).toEqual([event]);
  });

  it("takes gzip in chunks, as the Java client sends it", async () => {
    const event = start();
    const status = await new Promise<number | undefined>((answered, failed) => {
      const sent = request(`${address()}/api/v1/lineage`, {
        method: "POST",
        headers: {
          "Content-Encoding": "gzip",
          "Transfer-Encoding": "chunked",
          "Content-Type": "application/json; charset=UTF-8",
        },
      });
      sent.on("response", (response) => answered(response.resume().statusCode)).on("error", failed);
      const body = gzipSync(JSON.stringify(event));
      sent.write(body.subarray(0, 20));
      setTimeout(() => sent.end(body.subarray(20)), 20);
    });
    expect(status).toBe(201);
    expect(await stored(event.run.runId)).toHaveLength(1);
  });

  it("keeps one of the same event, however often and however spaced it comes", async () => {
    const event = start();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => post("/api/v1/lineage", JSON.stringify(event, null, i % 3))),
    );
    expect(new Set(answers.map((a) => a.status))).toEqual(new Set([201]));
    expect(await stored(event.run.runId)).toHaveLength(1);
  });

  it.each([
    ["not JSON", "{", 400, ""],
    ["no run, job or dataset", { eventTime: "2026-01-31T09:30:00Z" }, 422, ""],
    ["no run id", { ...start(), run: {} }, 422, "run.runId"],
    ["a time that is none", { ...start(), eventTime: "yesterday" }, 422, "eventTime"],
    ["no job name", { ...start(), job: { namespace: "n" } }, 422, "job.name"],
    ["not UTF-8", Uint8Array.from([0x22, 0xff, 0x22]), 400, undefined],
  ])("refuses what has %s, and says where and why", async (_, body, status, path) => {
    const before = await database().message.count();
    const response = await post("/api/v1/lineage", body);
    const answer = await response.json();
    expect(response.status).toBe(status);
    expect(answer.error).toEqual(expect.any(String));
    if (path) expect(answer.problems.map((p: { path: string }) => p.path)).toContain(path);
    expect(await database().message.count()).toBe(before);
  });

  it("says where many at once go", async () => {
    const answer = await (await post("/api/v1/lineage", [start(), start()])).json();
    expect(answer.error).toContain("/api/v1/lineage/batch");
    expect(answer.problems).toEqual([{ path: "", reason: "an event is a JSON object, got an array" }]);
  });

  it("stops at the cap, inflated bytes included", async () => {
    const large = start({ padding: "x".repeat(200_000) });
    expect((await post("/api/v1/lineage", large)).status).toBe(413);
    const bomb = gzipSync(JSON.stringify(start({ padding: "x".repeat(5_000_000) })));
    expect((await post("/api/v1/lineage", bomb, { "Content-Encoding": "gzip" })).status).toBe(413);
  });

  it("refuses an encoding that it does not know, and one that lies", async () => {
    expect((await post("/api/v1/lineage", start(), { "Content-Encoding": "zstd" })).status).toBe(415);
    expect((await post("/api/v1/lineage", start(), { "Content-Encoding": "gzip" })).status).toBe(400);
  });

  it("accepts an event with a bad facet, and notes it on the run", async () => {
    const event = start({ run: { runId: "bad-facet", facets: { parent: { run: {} }, nominalTime: 7 } } });
    expect((await post("/api/v1/lineage", event)).status).toBe(201);
    const run = await loadRun(database(), "bad-facet");
    expect(Object.keys(run?.root.current?.state.notes ?? {}).length).toBeGreaterThan(0);
  });

  it("keeps what Postgres cannot hold as it came, and reads it", async () => {
    const event = start({ job: { namespace: "test", name: "odd \u0000 and \ud800" } });
    expect((await post("/api/v1/lineage", event)).status).toBe(201);
    const [row] = await stored(event.run.runId);
    expect(row && JSON.parse(unpackBody(row.body))).toEqual(event);
  });

  it("keeps job and dataset events, of which no run comes", async () => {
    const runs = await database().run.count();
    const job = { eventTime: "2026-01-31T09:30:00Z", job: { namespace: "test", name: "designed" } };
    const dataset = { eventTime: "2026-01-31T09:30:00Z", dataset: { namespace: "test", name: "table" } };
    expect((await post("/api/v1/lineage", job)).status).toBe(201);
    expect((await post("/api/v1/lineage", dataset)).status).toBe(201);
    expect(await database().run.count()).toBe(runs);
  });

  it("leaves other requests to others", async () => {
    expect((await fetch(`${address()}/api/v1/lineage`, { method: "OPTIONS" })).status).toBe(404);
    expect((await post("/elsewhere", {})).status).toBe(404);
  });

  it.each(["/api/v1/lineage/", "//api/v1//lineage", "/lineage?apiKey=1", "/api/v1/lineage"])(
    "is there under %s too, and tells who looks at it what it is for",
    async (path) => {
      expect((await post(path, start())).status).toBe(201);
      const looked = await fetch(`${address()}${path}`);
      expect([looked.status, looked.headers.get("allow")]).toEqual([405, "POST, OPTIONS"]);
      expect((await looked.json()).error).toContain("where producers post");
    },
  );
});

describe("POST /api/v1/heartbeats", () => {
  it("joins beats to the attempt, whichever comes first, and keeps no message of them", async () => {
    const event = start();
    const at = (second: number) => `2026-01-31T09:30:${String(second).padStart(2, "0")}Z`;
    const beat = (second: number, done: number) => ({
      runId: event.run.runId,
      at: at(second),
      interval: 10,
      progress: { done, total: 9 },
    });
    expect((await post("/api/v1/heartbeats", { beats: [beat(30, 5), beat(10, 2)] })).status).toBe(201);
    await post("/api/v1/lineage", event);
    const second = await post("/api/v1/heartbeats", { beats: [beat(20, 5), beat(30, 5)] });
    expect(await second.json()).toEqual({ accepted: 2 });
    const life = (await loadRun(database(), event.run.runId))?.root.current?.life;
    expect(life?.lastBeat?.at).toBe(Date.parse(at(30)));
    expect(life?.firstBeat?.at).toBe(Date.parse(at(10)));
    expect(life?.intervalMs?.value).toBe(10_000);
    expect(life?.progress).toMatchObject({ at: Date.parse(at(20)), value: { done: 5 } });
    expect(life && bucketsSet(life.beats)).toEqual([10, 20, 30].map((second) => Date.parse(at(second))));
    expect(await stored(event.run.runId)).toHaveLength(1);
  });

  it("judges each beat alone: the bad are named, and what else they say is kept", async () => {
    const response = await post("/api/v1/heartbeats", {
      beats: [
        { runId: "alone-1", at: "2026-01-31T09:30:00Z", interval: 10 },
        { runId: 7 },
        { runId: "alone-2", at: "noon" },
        { runId: "alone-3", at: "2026-01-31T09:30:00Z", interval: -1, progress: { done: 2 } },
        null,
      ],
    });
    expect(response.status).toBe(201);
    const { accepted, problems } = await response.json();
    expect(accepted).toBe(2);
    expect(problems.map(({ path }: { path: string }) => path)).toEqual([
      "beats[1].runId",
      "beats[2].at",
      "beats[3].interval",
      "beats[4]",
    ]);
    const lives = await Promise.all(
      ["alone-1", "alone-3"].map(async (id) => (await loadRun(database(), id))?.root.current?.life),
    );
    expect(lives.map((life) => [life?.intervalMs?.value, life?.progress?.value.done])).toEqual([
      [10_000, undefined],
      [undefined, 2],
    ]);
    expect(await loadRun(database(), "alone-2")).toBeUndefined();
  });

  it("keeps a beat whose unit holds what Postgres cannot", async () => {
    const beat = { runId: "odd-unit", progress: { done: 1, unit: "rows\u0000\ud800" } };
    expect((await post("/api/v1/heartbeats", { beats: [beat] })).status).toBe(201);
  });

  it.each([
    ["no list", {}, "beats"],
    ["an empty list", { beats: [] }, "beats"],
    ["a beat of nobody", { beats: [{}] }, "beats[0].runId"],
    ["a time that is none", { beats: [{ runId: "r", at: "noon" }] }, "beats[0].at"],
    ["a list alone", [{ runId: "r" }], ""],
  ])("refuses %s, and says where", async (_, body, path) => {
    const response = await post("/api/v1/heartbeats", body);
    expect(response.status).toBe(422);
    expect((await response.json()).problems[0].path).toBe(path);
  });
});
