import { afterAll, expect, it } from "vitest";
import { bearer, ELSEWHERE } from "../../testing/guarded-server.ts";
import { killIngestProcesses, startIngest } from "../../testing/ingest-processes.ts";
import { testDatabase } from "../../testing/postgres.ts";
import { prepareJobs } from "../background.ts";
import { now } from "../clock.ts";
import { openDatabase } from "../database.ts";
import { createKey } from "../queries/create-key.ts";
import { makeKeyText, sessionOf } from "./key-text.ts";

const { url } = await testDatabase();
const db = openDatabase(url);
killIngestProcesses();
afterAll(() => db.$disconnect());

it("no key is in anything that the server prints or keeps, whatever goes wrong", async () => {
  await prepareJobs(url);
  const { text: known } = await createKey(db, { name: "known", scope: "ingest" }, now());
  const { text: reader } = await createKey(db, { name: "reader", scope: "read" }, now());
  const unknown = makeKeyText("ingest");
  const keys = [known, reader, unknown];
  const server = await startIngest(url, { env: { HOST: "0.0.0.0" } });
  const send = async (key: string, body: unknown, path = "/lineage") => {
    const response = await fetch(`${server.address}${path}`, {
      method: "POST",
      headers: { ...ELSEWHERE, ...bearer(key), "X-Api-Key": key, Cookie: `unstuck_session=${key}` },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
    return `${response.status} ${await response.text()} ${[...response.headers]}`;
  };
  const answers: string[] = [];
  const all = async () => {
    for (const key of keys) {
      answers.push(await send(key, { job: { namespace: "n", name: key }, run: { runId: key } }));
      answers.push(
        await send(key, key),
        await send(key, { [key]: key }),
        await send(key, [key], "/lineage/batch"),
      );
      answers.push(await send(key, { beats: [{ runId: "r", at: key }] }, `/heartbeats?key=${key}`));
    }
  };
  await all();
  // The account of refusals is written once a second.
  await expect.poll(() => db.refusal.count(), { timeout: 10_000 }).toBeGreaterThan(3);
  const kept = JSON.stringify([
    ...[await db.refusal.findMany({ omit: { id: true } }), await db.accessKey.findMany()],
  ]);
  await db.$executeRaw`ALTER TABLE access_key RENAME TO hidden`;
  await expect.poll(() => send(known, "{}"), { timeout: 10_000 }).toContain("503");
  await all();
  await expect.poll(() => server.told, { timeout: 5_000 }).toContain("keys could not be read");
  for (const key of keys) {
    for (const secret of [key.slice(-30), sessionOf(key).slice(-30)]) {
      expect(server.told).not.toContain(secret);
      expect(server.printed).not.toContain(secret);
      expect(kept).not.toContain(secret);
    }
  }
  // A 422 tells its sender what it sent; what was turned away tells nobody anything.
  const turnedAway = answers.filter((answer) => /^(401|403|503)/.test(answer));
  expect(turnedAway.length).toBeGreaterThan(10);
  for (const key of keys) expect(turnedAway.join("\n")).not.toContain(key.slice(-30));
});
