import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { describe, expect, it, vi } from "vitest";
import { batchResult } from "../../contract/batch.ts";
import { ingestServer } from "../../testing/ingest-server.ts";
import { database } from "../database.ts";
import { acceptBatch } from "./accept-batch.ts";
import { readHere } from "./read-here.ts";
import { unpackBody } from "./stored-body.ts";
import { ThreadLostError } from "./thread-lost.ts";

const { post } = await ingestServer();
const BATCH = "/api/v1/lineage/batch";
const NDJSON = { "Content-Type": "application/x-ndjson" };

const event = (runId: string, fields: object = {}) => ({
  eventType: "START",
  eventTime: "2026-01-31T09:30:00Z",
  run: { runId },
  job: { namespace: "test", name: "batched" },
  ...fields,
});
const events = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, i) => event(`${prefix}-${i}`));
const lines = (all: readonly unknown[]) => all.map((e) => JSON.stringify(e)).join("\n");
const kept = (prefix: string) =>
  database().message.count({ where: { attemptId: { startsWith: `${prefix}-` } } });
const result = async (response: Response) => batchResult.parse(await response.json());

function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 60_000) yield bytes.subarray(at, at + 60_000);
}

describe("POST /api/v1/lineage/batch", () => {
  it("commits an array of events, and says how many", async () => {
    const response = await post(BATCH, events("array", 120));
    expect(response.status).toBe(200);
    expect(await result(response)).toMatchObject({
      status: "success",
      summary: { received: 120, successful: 120, failed: 0 },
      failed_events: [],
    });
    expect(await kept("array")).toBe(120);
  });

  it("judges each alone: the bad are named with index and reason, the good are kept", async () => {
    const response = await post(BATCH, [
      event("mixed-0"),
      event("mixed-1", { run: {} }),
      7,
      event("mixed-3", { eventTime: "noon" }),
      event("mixed-4"),
    ]);
    const { status, summary, failed_events } = await result(response);
    expect(status).toBe("partial_success");
    expect(summary).toEqual({ received: 5, successful: 2, failed: 3, retriable: 0, non_retriable: 3 });
    expect(failed_events.map((f) => [f.index, f.retriable])).toEqual([
      [1, false],
      [2, false],
      [3, false],
    ]);
    expect(failed_events[0]?.reason).toContain("run.runId");
    expect(failed_events[2]?.reason).toContain("eventTime");
    expect(await kept("mixed")).toBe(2);
  });

  it("takes events line by line, beyond the cap of a single body, compressed or not", async () => {
    const many = lines(events("lines", 1_500));
    expect(many.length).toBeGreaterThan(100_000);
    const response = await post(BATCH, gzipSync(many), { ...NDJSON, "Content-Encoding": "gzip" });
    expect(await result(response)).toMatchObject({ summary: { received: 1_500, successful: 1_500 } });
    expect(await kept("lines")).toBe(1_500);
  });

  it("keeps the lines before and behind one that is no JSON, not UTF-8 or too long, and names each", async () => {
    const good = (n: number) => JSON.stringify(event(`broken-${n}`));
    const body = Buffer.concat([
      Buffer.from(`\ufeff${good(0)}\r\n\n \t\n{"eventType":\n${good(1)}\n`),
      Buffer.from([0x7b, 0xff, 0x7d, 0x0a]),
      Buffer.from(`${good(2)}\n"${"x".repeat(300_000)}"\n${good(3)}`),
    ]);
    const { summary, failed_events } = await result(await post(BATCH, body, NDJSON));
    expect(summary).toEqual({ received: 7, successful: 4, failed: 3, retriable: 0, non_retriable: 3 });
    expect(failed_events).toMatchObject([
      { index: 1, reason: expect.stringContaining("JSON") },
      { index: 3, reason: "the line is not UTF-8" },
      { index: 5, reason: "the line is longer than 100000 bytes" },
    ]);
    expect(await kept("broken")).toBe(4);
  });

  it("keeps the lines before a body that is not what its encoding says to its end", async () => {
    const whole = gzipSync(lines(events("shortened", 3_000)), { level: 0 });
    const response = await post(BATCH, whole.subarray(0, -1_000), { ...NDJSON, "Content-Encoding": "gzip" });
    const { summary, failed_events } = await result(response);
    expect(summary.successful).toBeGreaterThan(2_000);
    expect(failed_events).toMatchObject([
      { index: summary.successful, reason: expect.stringContaining("ended before it was whole") },
    ]);
    expect(await kept("shortened")).toBe(summary.successful);
  });

  it("judges each event of a large array alone too, and keeps each as it was written", async () => {
    const all = events("large", 600).map((e) => JSON.stringify(e, null, " "));
    const text = `[${[...all.slice(0, 300), '{"run":{}}', ...all.slice(300)].join(",\n")}]`;
    expect(text.length).toBeGreaterThan(64 * 1024);
    const { summary, failed_events } = await result(await post(BATCH, text));
    expect(summary).toMatchObject({ received: 601, successful: 600, failed: 1 });
    expect(failed_events.map(({ index }) => index)).toEqual([300]);
    expect(await kept("large")).toBe(600);
    const row = await database().message.findFirst({ where: { attemptId: "large-299" } });
    expect(row && unpackBody(row.body)).toBe(all[299]);
  });

  it("keeps nothing of a large array that breaks off, and says what is wrong with it", async () => {
    const text = JSON.stringify(events("cut", 600));
    const response = await post(BATCH, text.slice(0, -1));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: "The body is not JSON.", problems: [{ path: "" }] });
    expect(await kept("cut")).toBe(0);
  });

  it("asks to send it again where it could not be read to its end, and then keeps each once", async () => {
    const bytes = Buffer.from(lines(events("lost", 4_500)));
    let parts = 0;
    const incoming = () => ({
      stream: Readable.from([bytes]),
      encoding: undefined,
      type: NDJSON["Content-Type"],
    });
    const reported = vi.spyOn(console, "error").mockImplementation(() => {});
    const lost = await acceptBatch({ ...incoming(), stream: Readable.from(pieces(bytes)) }, async (part) => {
      parts += 1;
      if (parts === 2) throw new ThreadLostError("killed");
      return readHere(part);
    });
    expect(lost).toMatchObject({ status: 503, headers: { "Retry-After": "1" } });
    expect(lost.body).toMatchObject({ error: expect.stringContaining("Send it again") });
    expect(reported).toHaveBeenCalledOnce();
    reported.mockRestore();
    expect(await acceptBatch(incoming())).toMatchObject({
      status: 200,
      body: { summary: { successful: 4_500 } },
    });
    expect(await kept("lost")).toBe(4_500);
  });

  it("tells once why the store took none of many, and asks for each of them again", async () => {
    const reported = vi.spyOn(console, "error").mockImplementation(() => {});
    await database().$executeRaw`ALTER TABLE message RENAME TO message_elsewhere`;
    const { summary } = await result(await post(BATCH, events("away", 30)));
    await database().$executeRaw`ALTER TABLE message_elsewhere RENAME TO message`;
    expect(summary).toMatchObject({ received: 30, failed: 30, retriable: 30 });
    expect(reported).toHaveBeenCalledOnce();
    expect(reported).toHaveBeenCalledWith(
      expect.stringMatching(/^events of a batch could not be stored: .* events=30\n/),
    );
    reported.mockRestore();
    expect(await result(await post(BATCH, events("away", 30)))).toMatchObject({
      summary: { successful: 30 },
    });
    expect(await kept("away")).toBe(30);
  });

  it("keeps one of what is sent twice, in one batch or in two", async () => {
    const twice = [...events("twice", 3), ...events("twice", 3)];
    expect(await result(await post(BATCH, twice))).toMatchObject({ summary: { successful: 6 } });
    await post(BATCH, lines(twice), NDJSON);
    expect(await kept("twice")).toBe(3);
  });

  it("takes an event with facets of any depth, in an array as in a line", async () => {
    const deep = `${"[".repeat(10_000)}${"]".repeat(10_000)}`;
    const text = (id: string) =>
      JSON.stringify(event(id, { job: { namespace: "test", name: "deep", facets: { x: 0 } } })).replace(
        "0}",
        `${deep}}`,
      );
    expect(await result(await post(BATCH, `[${text("deep-0")}]`))).toMatchObject({ status: "success" });
    expect(await result(await post(BATCH, text("deep-1"), NDJSON))).toMatchObject({ status: "success" });
    expect(await kept("deep")).toBe(2);
  });

  it("answers an empty batch, and refuses what is none", async () => {
    expect(await result(await post(BATCH, []))).toMatchObject({
      status: "success",
      summary: { received: 0 },
    });
    expect((await post(BATCH, {})).status).toBe(422);
    expect((await post(BATCH, "[")).status).toBe(400);
    const unnamed = await post(BATCH, lines(events("unnamed", 2)));
    expect(unnamed.status).toBe(400);
    expect((await unnamed.json()).problems[0].reason).toContain("application/x-ndjson");
    expect(await kept("unnamed")).toBe(0);
  });
});
