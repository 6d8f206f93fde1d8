import { describe, expect, it, test } from "vitest";
import { bearer, ELSEWHERE, guardedServer } from "../../testing/guarded-server.ts";
import { database } from "../database.ts";
import { acceptHeartbeats } from "../ingest/accept.ts";
import { flushAccount } from "../ingest/account.ts";
import { answerWeb } from "../ingest/web-request.ts";
import { keyRing } from "./admit.ts";
import { guardWeb } from "./guard-pages.ts";
import { makeKeyText } from "./key-text.ts";

const { ask, post, make } = await guardedServer({ HOST: "127.0.0.1" });

describe("a server on loopback", () => {
  it("asks for no key, be it through a proxy", async () => {
    expect(await (await ask("/")).text()).toBe("a page");
    expect(await (await ask("/", ELSEWHERE)).text()).toBe("a page");
    expect((await post("/api/v1/heartbeats", { beats: [{ runId: "a" }] }, ELSEWHERE)).status).toBe(201);
  });

  it("refuses a bad key all the same, so that its sender learns of it in time", async () => {
    const { text: reader } = await make("read");
    const beats = { beats: [{ runId: "a" }] };
    expect((await post("/api/v1/heartbeats", beats, bearer(makeKeyText("ingest")))).status).toBe(401);
    expect((await post("/api/v1/heartbeats", beats, bearer("of somebody else"))).status).toBe(401);
    expect((await post("/api/v1/heartbeats", beats, bearer(reader))).status).toBe(403);
    expect((await ask("/api/v1/runs", bearer(makeKeyText("read")))).status).toBe(401);
  });

  it("takes nothing that a browser sends for a page of another site", async () => {
    const beats = JSON.stringify({ beats: [{ runId: "a" }] });
    const headers = { "Content-Type": "text/plain", Origin: "https://elsewhere.example" };
    for (const more of [{}, { "Sec-Fetch-Site": "cross-site" }]) {
      const answer = await post("/api/v1/heartbeats", beats, { ...headers, ...more });
      expect(answer.status).toBe(403);
      expect((await answer.json()).error).toContain("another site");
    }
    const { text } = await make("ingest");
    expect((await post("/api/v1/heartbeats", beats, { ...headers, ...bearer(text) })).status).toBe(201);
  });

  it("leaves other schemes and old sessions alone", async () => {
    expect((await ask("/", { Authorization: "Basic dXNlcjpwYXNz" })).status).toBe(200);
    expect((await ask("/", { Cookie: "unstuck_session=long-gone" })).status).toBe(200);
  });
});

describe("where Next runs alone, on an address that nobody knows", () => {
  const asked = (path: string, headers: Record<string, string> = {}) =>
    guardWeb(new Request(`http://unstuck.example${path}`, { headers }));

  it("pages and the API ask for a key", async () => {
    const { text } = await make("read");
    expect((await asked("/api/v1/runs"))?.status).toBe(401);
    expect((await asked("/", { accept: "text/html" }))?.headers.get("location")).toBe("/sign-in?next=%2F");
    expect(await asked("/api/v1/runs", bearer(text))).toBeUndefined();
    expect(await asked("/healthz")).toBeUndefined();
  });

  it("ingest asks for a key", async () => {
    const { text } = await make("ingest");
    const posted = (headers: Record<string, string>) =>
      answerWeb(
        new Request("http://unstuck.example/api/v1/heartbeats", {
          ...{ method: "POST", headers },
          body: JSON.stringify({ beats: [{ runId: "a" }] }),
        }),
        acceptHeartbeats,
      );
    expect((await posted({})).status).toBe(401);
    expect((await posted(bearer(text))).status).toBe(201);
  });
});

test("of a body that was refused, no key is remembered", async () => {
  const { text } = await make("ingest");
  const event = { job: { namespace: "careless" }, run: { facets: { conf: { apiKey: text } } } };
  expect((await post("/api/v1/lineage", event)).status).toBe(422);
  await flushAccount();
  const [refusal] = await database().refusal.findMany({ where: { source: "careless" } });
  expect(refusal?.body).toContain(`${text.slice(0, 21)}…`);
  expect(JSON.stringify(refusal, (_, value) => (typeof value === "bigint" ? null : value))).not.toContain(
    text.slice(21),
  );
});

test("what is turned away for its key is in no account of refusals", async () => {
  const before = await database().refusal.count();
  await post("/api/v1/lineage", { job: { namespace: "sneaky" } }, bearer(makeKeyText("ingest")));
  await flushAccount();
  expect(await database().refusal.count()).toBe(before);
});

test("while the keys cannot be read, a key is told to come again, and what needs none goes on", async () => {
  const { text } = await make("read");
  await database().$executeRaw`ALTER TABLE access_key RENAME TO hidden`;
  keyRing().forget();
  const said: unknown[] = [];
  const original = console.error;
  console.error = (...words: unknown[]) => said.push(words[0]);
  const answer = await ask("/api/v1/runs", bearer(text));
  console.error = original;
  expect(answer.status).toBe(503);
  expect(answer.headers.get("retry-after")).toBe("1");
  expect(String(said[0])).toContain("keys could not be read");
  expect((await ask("/api/v1/runs")).status).toBe(200);
  await database().$executeRaw`ALTER TABLE hidden RENAME TO access_key`;
  expect((await ask("/api/v1/runs", bearer(text))).status).toBe(200);
});
