import { expect, test } from "vitest";
import { bearer, ELSEWHERE, guardedServer } from "../../testing/guarded-server.ts";
import { makeKeyText } from "./key-text.ts";

const { ask, post } = await guardedServer({ HOST: "0.0.0.0", UNSTUCK_OPEN: "1" });
const beats = { beats: [{ runId: "a" }] };

test("a server behind a proxy that asks who is there asks for no key itself", async () => {
  expect((await ask("/", ELSEWHERE)).status).toBe(200);
  expect((await post("/api/v1/heartbeats", beats, ELSEWHERE)).status).toBe(201);
});

test("it leaves the proxy's own tokens alone, and refuses a bad key of ours", async () => {
  expect((await ask("/", { ...ELSEWHERE, ...bearer("eyJhbGciOi.a.b") })).status).toBe(200);
  expect((await post("/api/v1/heartbeats", beats, bearer(makeKeyText("ingest")))).status).toBe(401);
  expect(
    (await post("/api/v1/heartbeats", beats, bearer("unstuck_ingest_cut")).then((r) => r.json())).error,
  ).toContain("not the whole of one");
});
