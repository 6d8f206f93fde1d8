import { randomUUID } from "node:crypto";
import { describe, expect, it, test } from "vitest";
import type { Instant } from "../../base/instant.ts";
import { bearer, ELSEWHERE, guardedServer } from "../../testing/guarded-server.ts";
import { now } from "../clock.ts";
import { database } from "../database.ts";
import { readMetrics } from "../metrics.ts";
import { revokeKey } from "../queries/revoke-key.ts";
import { keyRing, SESSION_COOKIE } from "./admit.ts";
import { KEPT_MS } from "./key-ring.ts";
import { makeKeyText, sessionOf } from "./key-text.ts";
import { noteUse, settleKeyUses, USE_EVERY_MS } from "./key-uses.ts";

const { ask, post, make } = await guardedServer({
  HOST: "0.0.0.0",
  UNSTUCK_KEY_RATE: "1",
  UNSTUCK_KEY_BURST: "50",
});

const anEvent = () => ({
  eventType: "START",
  eventTime: "2026-01-31T09:30:00Z",
  producer: "https://example.com/test",
  run: { runId: randomUUID() },
  job: { namespace: "test", name: "job" },
});

const DOORS = [
  ["/api/v1/lineage", () => anEvent(), 201],
  ["/lineage", () => anEvent(), 201],
  ["/api/v1/lineage/batch", () => [anEvent()], 200],
  ["/api/v1/heartbeats", () => ({ beats: [{ runId: randomUUID() }] }), 201],
] as const;

describe("a server that others reach, asked from elsewhere", () => {
  it.each(DOORS)("takes nothing at %s without a key that may send", async (path, body, taken) => {
    const messages = await database().message.count();
    const { text: reader } = await make("read");
    const missing = await post(path, body(), ELSEWHERE);
    expect(missing.status).toBe(401);
    expect(missing.headers.get("www-authenticate")).toBe('Bearer realm="unstuck"');
    expect((await missing.json()).error).toContain("scope ingest");
    const wrong = await post(path, body(), { ...ELSEWHERE, ...bearer(reader) });
    expect(wrong.status).toBe(403);
    expect(wrong.headers.get("www-authenticate")).toContain('insufficient_scope", scope="ingest"');
    expect(await database().message.count()).toBe(messages);
    const { text: sender } = await make("ingest");
    expect((await post(path, body(), { ...ELSEWHERE, ...bearer(sender) })).status).toBe(taken);
  });

  it.each(["/", "/runs/a", "/api/v1/runs", "/metrics", "/_next/static/../../api/v1/runs"])(
    "shows nothing of %s without a key that may read",
    async (path) => {
      const { text: sender } = await make("ingest");
      const { text: reader } = await make("read");
      const missing = await ask(path, ELSEWHERE);
      expect(missing.status).toBe(401);
      expect(missing.headers.get("cache-control")).toBe("no-store");
      expect((await missing.json()).problems[0].path).toBe("Authorization");
      expect((await ask(path, { ...ELSEWHERE, ...bearer(sender) })).status).toBe(403);
      const read = await ask(path, { ...ELSEWHERE, ...bearer(reader) });
      expect(await read.text()).toBe("a page");
    },
  );

  it.each(["/healthz", "/readyz", "/sign-in", "/schemas/facets/x.json"])(
    "shows %s to everyone",
    async (path) => {
      expect(await (await ask(path, ELSEWHERE)).text()).toBe("a page");
    },
  );

  it("sends a browser to where one signs in, and back", async () => {
    const opened = await ask("/runs/a?view=timeline", { ...ELSEWHERE, Accept: "text/html,*/*" });
    expect(opened.status).toBe(303);
    expect(opened.headers.get("location")).toBe("/sign-in?next=%2Fruns%2Fa%3Fview%3Dtimeline");
  });

  it("lets a browser's session read until its key is revoked, and never send", async () => {
    const { key, text } = await make("read");
    const cookie = { ...ELSEWHERE, Cookie: `tz=UTC; ${SESSION_COOKIE}=${sessionOf(text)}` };
    expect((await ask("/api/v1/runs", cookie)).status).toBe(200);
    expect((await post("/api/v1/lineage", anEvent(), cookie)).status).toBe(401);
    await revokeKey(database(), key.id, now());
    keyRing().forget();
    const ended = await ask("/", { ...cookie, Accept: "text/html" });
    expect(ended.headers.get("location")).toContain("why=session");
  });

  it("takes no key in a cookie, and no session as a key", async () => {
    const { text } = await make("read");
    const cookie = { ...ELSEWHERE, Cookie: `${SESSION_COOKIE}=${text}` };
    expect((await ask("/api/v1/runs", cookie)).status).toBe(401);
    expect((await ask("/api/v1/runs", { ...ELSEWHERE, ...bearer(sessionOf(text)) })).status).toBe(401);
  });

  it("lets in whoever asks on this machine itself", async () => {
    expect(await (await ask("/")).text()).toBe("a page");
    expect((await post("/api/v1/lineage", anEvent())).status).toBe(201);
    for (const name of ["Forwarded", "X-Real-IP", "Via"]) {
      expect((await post("/api/v1/lineage", anEvent(), { [name]: "x" })).status, name).toBe(401);
    }
  });
});

test.each([
  ["cut off", makeKeyText("ingest").slice(0, -1), "malformed"],
  ["empty", "", "missing"],
  ["not known", makeKeyText("ingest"), "unknown"],
])("a key that is %s is refused, with the reason, and counted", async (_, text, reason) => {
  const before = await refusals(reason);
  const answer = await post("/api/v1/lineage", anEvent(), bearer(text));
  expect(answer.status).toBe(401);
  expect(answer.headers.get("www-authenticate")).toContain("Bearer");
  expect((await answer.json()).error.length).toBeGreaterThan(10);
  expect(await refusals(reason)).toBe(before + 1);
});

async function refusals(reason: string): Promise<number> {
  const line = new RegExp(`^unstuck_key_refusals_total\\{reason="${reason}"\\} (\\d+)`, "m");
  return Number(line.exec((await readMetrics()).text)?.[1] ?? 0);
}

test("a key that is revoked elsewhere is turned away within the time that is promised", async () => {
  const { key, text } = await make("ingest");
  const send = async () =>
    (await post("/api/v1/lineage", anEvent(), { ...ELSEWHERE, ...bearer(text) })).status;
  expect(await send()).toBe(201);
  await revokeKey(database(), key.id, now());
  await new Promise((next) => setTimeout(next, KEPT_MS));
  const answer = await post("/api/v1/lineage", anEvent(), { ...ELSEWHERE, ...bearer(text) });
  expect(answer.status).toBe(401);
  expect((await answer.json()).error).toContain("revoked");
});

test("a body that is turned away is read to its end, so that its sender can read the answer, unless it is large", async () => {
  const send = (size: number) => post("/api/v1/lineage", "x".repeat(size), ELSEWHERE);
  const answer = await send(900_000);
  expect(answer.status).toBe(401);
  expect((await answer.json()).error).toContain("asks for a key");
  expect(answer.headers.get("connection")).toBe("keep-alive");
  const cut = await send(3_000_000).catch(() => undefined);
  expect(cut?.headers.get("connection") ?? "close").toBe("close");
});

describe("the last use of a key", () => {
  const lastUse = async (id: string) =>
    (await database().accessKey.findUnique({ where: { id } }))?.lastUsedAt;

  it("is written", async () => {
    const { key, text } = await make("read");
    expect(await lastUse(key.id)).toBeNull();
    await ask("/", { ...ELSEWHERE, ...bearer(text) });
    await settleKeyUses();
    expect(await lastUse(key.id)).toBeInstanceOf(Date);
  });

  it("is written once a minute, however often it is used", async () => {
    const { key, text } = await make("read");
    const known = { ...key, ...{ hash: text, sessionHash: null, revokedAt: null, lastUsedAt: null } };
    const first = now();
    for (const after of [0, 1, USE_EVERY_MS - 1]) {
      noteUse(known, (first + after) as Instant);
      await settleKeyUses();
      expect((await lastUse(key.id))?.getTime()).toBe(first);
    }
    noteUse(known, (first + USE_EVERY_MS) as Instant);
    await settleKeyUses();
    expect((await lastUse(key.id))?.getTime()).toBe(first + USE_EVERY_MS);
  });
});

describe("a key that sends more than it may", () => {
  it("is told when to come again, and does not hold up others", async () => {
    const { text } = await make("ingest");
    const { text: other } = await make("ingest");
    const headers = { ...ELSEWHERE, ...bearer(text) };
    const batch = Array.from({ length: 80 }, anEvent);
    expect((await post("/api/v1/lineage/batch", batch, headers)).status).toBe(200);
    const late = await post("/api/v1/lineage", anEvent(), headers);
    expect(late.status).toBe(429);
    const wait = Number(late.headers.get("retry-after"));
    expect(wait).toBeGreaterThan(20);
    expect(wait).toBeLessThanOrEqual(31);
    expect((await late.json()).error).toContain("more events than it may");
    expect((await post("/api/v1/lineage", anEvent(), { ...ELSEWHERE, ...bearer(other) })).status).toBe(201);
    // What needs no key has no limit of a key.
    expect((await post("/api/v1/lineage/batch", batch)).status).toBe(200);
    expect((await post("/api/v1/lineage", anEvent())).status).toBe(201);
  });

  it("pays for a hundred beats as for an event", async () => {
    const { text } = await make("ingest");
    const headers = { ...ELSEWHERE, ...bearer(text) };
    const beats = Array.from({ length: 4_000 }, () => ({ runId: "beating" }));
    expect((await post("/api/v1/heartbeats", { beats }, headers)).status).toBe(201);
    expect((await post("/api/v1/heartbeats", { beats: beats.slice(0, 2_000) }, headers)).status).toBe(201);
    expect((await post("/api/v1/heartbeats", { beats: beats.slice(0, 1) }, headers)).status).toBe(429);
  });
});
