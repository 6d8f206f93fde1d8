import { expect, test } from "vitest";
import { bearer, ELSEWHERE, guardedServer } from "../../testing/guarded-server.ts";

const { ask, post, make } = await guardedServer({ HOST: "127.0.0.1", UNSTUCK_KEYS: "1" });
const beats = { beats: [{ runId: "a" }] };

test("a server on loopback that asks for keys asks for them of whatever a proxy passes on", async () => {
  expect((await ask("/api/v1/runs", ELSEWHERE)).status).toBe(401);
  expect((await post("/api/v1/heartbeats", beats, ELSEWHERE)).status).toBe(401);
  const [reader, sender] = await Promise.all([make("read"), make("ingest")]);
  expect((await ask("/api/v1/runs", { ...ELSEWHERE, ...bearer(reader.text) })).status).toBe(200);
  expect((await post("/api/v1/heartbeats", beats, { ...ELSEWHERE, ...bearer(sender.text) })).status).toBe(
    201,
  );
});

test("it asks for none of what was made on its own machine", async () => {
  expect((await ask("/api/v1/runs")).status).toBe(200);
  expect((await post("/api/v1/heartbeats", beats)).status).toBe(201);
});
