import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Instant, toIso } from "../../base/instant.ts";
import { testDatabase } from "../../testing/postgres.ts";
import { prepareJobs } from "../background.ts";
import { now } from "../clock.ts";
import { database } from "../database.ts";
import { acceptMessage } from "../ingest/accept-message.ts";
import { closeWriter, ingestQueue } from "../ingest/ingest-queue.ts";
import { listMessages, readMessage } from "./messages.ts";
import { readNode } from "./node.ts";
import { readRecord } from "./record.ts";

const { url } = await testDatabase();
process.env["DATABASE_URL"] = url;
beforeAll(() => prepareJobs(url));
afterAll(async () => {
  await closeWriter();
  await database().$disconnect();
});

const HOUR = 3_600_000;
const began = now();

/** A run of one step that took a minute, so many hours ago; its key is made of two parts. */
async function tell(
  id: string,
  hours: number,
  parts: [string, string],
  end = "COMPLETE",
  job = "nightly.step",
) {
  const say = async (eventType: string, after: number, runId: string, name: string, facets: object = {}) => {
    const at = (began - hours * HOUR + after) as Instant;
    const json = {
      ...{
        eventType,
        eventTime: toIso(at),
        producer: "https://example.com/p",
        job: { namespace: "test", name },
      },
      run: { runId, facets: { ...facets, my_team: { owner: eventType } } },
    };
    const accepted = acceptMessage(json, JSON.stringify(json), at);
    if (!accepted.ok) throw new Error(JSON.stringify(accepted.problems));
    await ingestQueue().add([{ message: accepted.message }]);
  };
  const parent = { run: { runId: id }, job: { namespace: "test", name: "nightly" } };
  const [code, rows] = parts;
  const components = [
    { name: "step.py", kind: "code", digest: code },
    { name: "rows", kind: "parameter", digest: rows },
  ];
  const unstuck_cache = { status: "MISS", key: `${code}${rows}`, components };
  await say("START", 0, id, "nightly");
  await say("START", 1_000, `${id}-step`, job, { parent, unstuck_cache });
  await say(end, 60_000, `${id}-step`, job, { parent });
  await say(end, 61_000, id, "nightly");
}

beforeAll(async () => {
  await tell("far", 96, ["b", "2"]);
  await tell("near", 72, ["a", "2"]);
  await tell("failed", 48, ["a", "1"], "FAIL");
  await tell("other", 47, ["a", "1"], "COMPLETE", "nightly.other");
  await tell("today", 24, ["a", "1"]);
  for (const n of Array(10).keys()) await tell(`later${n}`, 10 - n, ["a", "1"]);
});

describe("a node's key beside that of an earlier execution", () => {
  it("lists what had ended before its cache was asked, the latest first, with how much differs", async () => {
    const node = await readNode("today", "step");
    const listed = node?.executions.map((e) => [e.attemptId, e.runId, e.outcome, e.differing]);
    expect(listed).toEqual([
      ["failed-step", "failed", "failed", 0],
      ["near-step", "near", "completed", 1],
      ["far-step", "far", "completed", 2],
    ]);
  });

  it("compares with the nearest that completed, however many runs came later", async () => {
    const node = await readNode("today", "step");
    expect(node?.attempts[0]?.cache).toMatchObject({
      baseline: { attemptId: "near-step", runId: "near", chosen: false },
      components: [
        { name: "rows", before: "2", now: "1", changed: true },
        { name: "step.py", changed: false },
      ],
    });
    expect(node?.verdicts.map((v) => v.rule)).toContain("changed-key");
  });

  it("compares with the one that is asked for", async () => {
    const node = await readNode("today", "step", { baseline: "far-step" });
    expect(node?.attempts[0]?.cache).toMatchObject({
      baseline: { attemptId: "far-step", runId: "far", chosen: true },
      components: [
        { before: "b", now: "a", changed: true },
        { before: "2", now: "1", changed: true },
      ],
    });
  });

  it("does not take for chosen what is no earlier execution of the node", async () => {
    for (const no of ["later3-step", "other-step", "today-step", "nobody", ""]) {
      const node = await readNode("today", "step", { baseline: no });
      expect(node?.attempts[0]?.cache?.baseline).toMatchObject({ attemptId: "near-step", chosen: false });
    }
  });
});

describe("what the record of a node has and lacks", () => {
  it("names the parts, who told them, and the facets that nobody reads, as they came", async () => {
    const record = await readRecord("today", "step");
    const told = Object.fromEntries(record?.parts.map((part) => [part.id, part.told]) ?? []);
    expect(told).toMatchObject({ start: "START", end: "completed", components: "2 parts", beats: null });
    expect(record?.producers).toEqual([{ name: "https://example.com/p", messages: 2 }]);
    expect(record?.facets.map(({ name, read, messages }) => [name, read, messages])).toEqual([
      ["my_team", false, 2],
      ["parent", true, 2],
      ["unstuck_cache", true, 1],
    ]);
    expect(record?.facets[0]?.value).toEqual({ owner: "COMPLETE" });
    expect(record?.messages).toEqual({ read: 2, total: 2 });
  });

  it("is that of the instant that is asked for", async () => {
    const record = await readRecord("today", "step", { at: (began - 24 * HOUR + 30_000) as Instant });
    expect(record?.parts.find((part) => part.id === "end")?.told).toBeNull();
    expect(record?.facets[0]?.value).toEqual({ owner: "START" });
    expect(await readRecord("today", "nobody")).toBeNull();
  });
});

describe("the messages of a run", () => {
  const listed = async (asked: Parameters<typeof listMessages>[1]) =>
    (await listMessages("today", asked))?.messages.map((m) => `${m.nodeKey} ${m.type}`);

  it("are those of the node and the types that are asked for, the newest first", async () => {
    expect(await listed({})).toEqual(["nightly COMPLETE", "step COMPLETE", "step START", "nightly START"]);
    expect(await listed({ node: "step" })).toEqual(["step COMPLETE", "step START"]);
    expect(await listed({ types: ["START", "FAIL"] })).toEqual(["step START", "nightly START"]);
    expect(await listed({ types: [] })).toEqual([]);
  });

  it("are at a past instant those that had been received by then", async () => {
    const at = (began - 24 * HOUR + 30_000) as Instant;
    expect(await listed({ at })).toEqual(["step START", "nightly START"]);
    expect(await listed({ at: (began - 25 * HOUR) as Instant })).toBeUndefined();
    expect(await listMessages("nobody")).toBeNull();
  });
});

describe("a message", () => {
  it("is read by its id, and by nothing that is none", async () => {
    const id = (await listMessages("today"))?.messages[0]?.id ?? "";
    expect(await readMessage(id.toUpperCase())).toMatchObject({ id });
    for (const none of ["", "x", "-".repeat(36), "a".repeat(36), `${id}0`])
      expect(await readMessage(none)).toBeNull();
  });
});
