import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { attentionList, runList, runQuery, runResource } from "../../contract/runs.ts";
import {
  DEEP,
  example,
  facets,
  hostile,
  mutated,
  NUMBERS,
  nested,
  placesOf,
  raw,
  replaced,
  TIMES,
  varied,
  written,
} from "../../testing/hostile-json.ts";
import { testDatabase } from "../../testing/postgres.ts";
import { prepareJobs } from "../background.ts";
import { database } from "../database.ts";
import { answerIngest } from "../ingest-http.ts";
import { readAttention } from "../queries/attention.ts";
import { readRun } from "../queries/run.ts";
import { listRuns } from "../queries/run-list.ts";
import { saveDiagnosis } from "../runs/save-diagnosis.ts";
import { flushAccount } from "./account.ts";
import { unpackBody } from "./stored-body.ts";

const { url } = await testDatabase();
process.env["DATABASE_URL"] = url;
process.env["UNSTUCK_MAX_BODY_BYTES"] = "1000000";

let server: Server;
let address: string;
// What the server tells its operator: a rule that broke, a batch that could not be stored.
const told = vi.spyOn(console, "error");

beforeAll(async () => {
  await prepareJobs(url);
  server = createServer((incoming, response) => void answerIngest(incoming, response));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
});
afterAll(async () => {
  server.close();
  await flushAccount();
  await database().$disconnect();
});

/** How long an answer may take before others count as stalled, ms. */
const PATIENCE = 5_000;

type Body = string | Uint8Array;
type Door = "lineage" | "heartbeats";

async function post(door: Door, body: Body) {
  const response = await fetch(`${address}/${door}`, {
    method: "POST",
    body: body as BodyInit,
    signal: AbortSignal.timeout(PATIENCE),
  });
  return { status: response.status, answer: await response.json() };
}

let count = 0;
/** An event that nothing is wrong with, and that no other test speaks of. */
function good() {
  count += 1;
  return {
    eventType: "START",
    eventTime: "2026-01-31T09:30:00Z",
    producer: "https://example.com/test",
    run: { runId: `good-${count}` },
    job: { namespace: "test", name: `job-${count}` },
  };
}

/** Posts a body with a good event beside it, and holds what is asked of any body. */
async function holds(body: Body, door: Door = "lineage"): Promise<number> {
  const db = database();
  told.mockClear();
  const [before] = await newest();
  const neighbour = good();
  const [{ status, answer }, beside] = await Promise.all([
    post(door, body),
    post("lineage", JSON.stringify(neighbour)),
  ]);
  expect(beside).toEqual({ status: 201, answer: {} });
  expect([2, 4], `status ${status}`).toContain(Math.floor(status / 100));
  const kept = (await db.message.findMany({ where: { position: { gt: before?.position ?? 0n } } })).filter(
    (message) => message.attemptId !== neighbour.run.runId,
  );
  if (status >= 400) {
    expect(answer.error).toEqual(expect.stringMatching(/./));
    if (status === 422) expect(answer.problems.length).toBeGreaterThan(0);
    for (const { path, reason } of answer.problems) {
      expect(path).toEqual(expect.any(String));
      expect(reason).toEqual(expect.stringMatching(/./));
    }
    expect(kept).toEqual([]);
  }
  if (status < 400 && typeof body === "string" && kept[0]) expect(unpackBody(kept[0].body)).toBe(body);
  for (const { attemptId } of kept) if (attemptId !== null) await isAnswered(attemptId);
  expect(told.mock.calls).toEqual([]);
  return status;
}

const newest = () => database().message.findMany({ orderBy: { position: "desc" }, take: 1 });

/** The page of the run opens and has an answer, and so has its row in the lists. */
async function isAnswered(attemptId: string): Promise<void> {
  const run = await readRun(attemptId);
  expect(runResource.safeParse(run).error?.issues).toBeUndefined();
  expect(run?.diagnosis.headline).toEqual(expect.stringMatching(/./));
  await saveDiagnosis(database(), run?.summary.id ?? "");
}

async function listsAreRead(): Promise<void> {
  const list = await listRuns(runQuery.parse({ limit: 200 }));
  expect(runList.safeParse(list).error?.issues).toBeUndefined();
  expect(attentionList.safeParse(await readAttention()).error?.issues).toBeUndefined();
  const { empty, open, attention } = await readAttention();
  expect(empty).toBe(false);
  expect(attention).toBeLessThanOrEqual(open);
  for (let cursor = list.nextCursor; cursor !== null; ) {
    const page = await listRuns(runQuery.parse({ limit: 200, cursor }));
    expect(runList.safeParse(page).error?.issues).toBeUndefined();
    cursor = page.nextCursor;
  }
}

describe("a body that is no JSON", () => {
  it.each<[string, Body]>([
    ["nothing", ""],
    ["white space", " \n\t\r "],
    ["a NUL", "\0"],
    ["a raw NUL in a text", `{"eventTime":"a\0b"}`],
    ["UTF-16", Buffer.from(`\ufeff${JSON.stringify(good())}`, "utf16le")],
    ["UTF-16 without its mark", Buffer.from(JSON.stringify(good()), "utf16le")],
    ["latin1", Buffer.from(JSON.stringify({ ...good(), producer: "Zürich" }), "latin1")],
    ["half of a pair in UTF-8", Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
    ["an overlong slash", Buffer.from([0x22, 0xc0, 0xaf, 0x22])],
    ["deep brackets that never close", "[".repeat(DEEP)],
    ["words of JavaScript", "{eventTime: undefined}"],
    ["two events", `${JSON.stringify(good())}\n${JSON.stringify(good())}`],
  ])("is refused with 400: %s", async (_, body) => {
    expect(await holds(body)).toBe(400);
    expect(await holds(body, "heartbeats")).toBe(400);
  });

  it("is refused wherever a real message was cut", async () => {
    const cut = fc
      .tuple(example, fc.double({ min: 0, max: 0.999, noNaN: true }))
      .map(([text, part]) =>
        Buffer.from(text.trim()).subarray(0, Math.floor(Buffer.byteLength(text.trim()) * part)),
      );
    await fc.assert(
      fc.asyncProperty(cut, async (body) => {
        expect(await holds(body)).toBe(400);
      }),
      { numRuns: 40 },
    );
  });

  it("is refused or read where bytes of a real message are others", async () => {
    const change = fc.tuple(fc.nat({ max: 5_000 }), fc.nat({ max: 255 }));
    const damaged = fc
      .tuple(example, fc.array(change, { minLength: 1, maxLength: 5 }))
      .map(([text, changes]) => {
        const bytes = Buffer.from(text);
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        return bytes;
      });
    await fc.assert(
      fc.asyncProperty(damaged, async (body) => {
        await holds(body);
      }),
      { numRuns: 40 },
    );
  });
});

describe("JSON that is no event", () => {
  it.each(
    [
      ...["null", "true", "1", "-1e999", '"text"', "[]", "{}", '[{"run":{}}]', '{"__proto__":{"run":{}}}'],
      ...[
        nested(DEEP, "[", "]"),
        nested(DEEP, '{"a":', "}"),
        nested(DEEP, '{"run":', "}"),
        `"${"x".repeat(900_000)}"`,
      ],
    ].map((body) => [body.slice(0, 40), body] as const),
  )("is refused with 422: %s", async (_, body) => {
    expect(await holds(body)).toBe(422);
    expect(await holds(body, "heartbeats")).toBe(422);
  });

  it("is refused or read, whatever it is", async () => {
    await fc.assert(
      fc.asyncProperty(hostile, fc.constantFrom<Door>("lineage", "heartbeats"), async (value, door) => {
        await holds(written(value), door);
      }),
      { numRuns: 40 },
    );
  });
});

describe("an event with something bad in it", () => {
  it.each(["run", "job"])("is accepted with facets of any depth and size in %s", async (part) => {
    for (const bad of [nested(DEEP, "[", "]"), nested(DEEP, '{"a":', "}"), `"${"😀".repeat(200_000)}"`]) {
      for (const name of ["other", "parent", "unstuck_plan", "airflow"]) {
        const event = { ...good(), [part]: { ...Reflect.get(good(), part), facets: { [name]: raw("bad") } } };
        expect(await holds(written(event).replace("bad", bad))).toBe(201);
      }
    }
  });

  it.each(TIMES)("is stored and shown, or refused, at %s", async (at) => {
    const nominal = { nominalTime: { nominalStartTime: at, nominalEndTime: at } };
    const waits = {
      unstuck_wait: { kind: "sensor", since: at, until: at },
      unstuck_heartbeat: { interval: 86_400 },
    };
    const types = ["START", "RUNNING", "COMPLETE"];
    for (const eventType of types) await holds(JSON.stringify({ ...good(), eventType, eventTime: at }));
    const event = good();
    event.run = { ...event.run, facets: { ...nominal, ...waits } } as typeof event.run;
    expect(await holds(JSON.stringify(event))).toBe(201);
    expect(
      await holds(JSON.stringify({ beats: [{ runId: "far", at, interval: 86_400 }] }), "heartbeats"),
    ).toBeOneOf([201, 422]);
    await isAnswered(event.run.runId);
  });

  it.each([
    ["plain", "x".repeat(10_000)],
    ["of emoji", "😀".repeat(5_000)],
    ["that do not repeat", varied(10_000)],
    ["of NUL", "\0".repeat(10_000)],
    ["of halves of pairs", "\ud800".repeat(10_000)],
  ])("is accepted with long names %s, and refused with such a run id", async (_, long) => {
    const job = { namespace: `n${long}`, name: `j${long}` };
    const outputs = [{ namespace: long, name: long, outputFacets: { outputStatistics: { size: 1 } } }];
    expect(await holds(JSON.stringify({ ...good(), job, inputs: outputs, outputs }))).toBe(201);
    expect(await holds(JSON.stringify({ ...good(), job, run: { runId: long.slice(0, 500) } }))).toBe(201);
    expect(await holds(JSON.stringify({ ...good(), run: { runId: long } }))).toBe(422);
  });

  it.each(NUMBERS)("is accepted with the number %s wherever a number may be", async (number) => {
    const n = raw(number);
    const task = { task_id: "t", retries: n, execution_timeout: n };
    const run = {
      runId: `number ${number}`,
      facets: {
        unstuck_attempt: { number: n, mapIndex: n },
        unstuck_heartbeat: {
          interval: n,
          sequence: n,
          progress: { done: n, total: n },
          cpuSeconds: n,
          rssBytes: n,
        },
        unstuck_process: { pid: n },
        unstuck_compute: { kind: "oom", count: n },
        airflow: { task, taskInstance: { try_number: n, map_index: n } },
      },
    };
    const outputs = [
      { namespace: "file", name: "/a", outputFacets: { outputStatistics: { rowCount: n, size: n } } },
    ];
    expect(await holds(written({ ...good(), run, outputs }))).toBe(201);
    const mapped = { ...run, facets: { airflow: run.facets.airflow } };
    expect(await holds(written({ ...good(), eventType: "RUNNING", run: mapped }))).toBe(201);
  });

  it("does not spoil the clock of its source, however far ahead it is", async () => {
    const event = { ...good(), job: { namespace: "ahead", name: "j" } };
    const far = { ...event, eventTime: "9999-01-01T00:00:00Z", run: { runId: "far ahead" } };
    expect(await holds(JSON.stringify(far))).toBe(201);
    expect(await holds(JSON.stringify(event))).toBe(201);
    const run = await readRun(event.run.runId);
    expect(run?.diagnosis.sources).toMatchObject([{ name: "ahead", skewSeconds: 0 }]);
  });

  it("says the last of two equal keys", async () => {
    const text = JSON.stringify(good());
    expect(await holds(text.replace("{", '{"eventTime":"nonsense",'))).toBe(201);
    expect(await holds(text.replace(/}$/, ',"eventTime":"nonsense"}'))).toBe(422);
    expect(await holds(text.replace(/}$/, `,"run":{"runId":"doubled"},"job":null}`))).toBe(422);
  });

  it("takes the names of prototypes for names", async () => {
    for (const name of ["__proto__", "constructor", "prototype", "toString"]) {
      const one = { namespace: name, name };
      const plan = { nodes: [{ key: name }, { key: "b" }], edges: [{ from: name, to: "b" }] };
      const event = {
        ...good(),
        run: { runId: name, facets: { unstuck_plan: plan } },
        job: one,
        inputs: [one],
        outputs: [one],
      };
      expect(await holds(JSON.stringify(event))).toBe(201);
      expect((await readRun(name))?.nodes.map((n) => n.key)).toContain(name);
    }
    expect(Reflect.get({}, "namespace")).toBeUndefined();
  });

  it("is accepted with facets of every wrong type", async () => {
    const event = fc.tuple(facets, facets, hostile, hostile).map(([run, job, inputs, outputs]) => {
      const plain = good();
      return {
        ...plain,
        run: { ...plain.run, facets: run },
        job: { ...plain.job, facets: job },
        inputs,
        outputs,
      };
    });
    await fc.assert(
      fc.asyncProperty(event, async (value) => {
        expect(await holds(written(value))).toBe(201);
      }),
      { numRuns: 40 },
    );
  });

  it("is answered where a real message was mutated", async () => {
    await fc.assert(
      fc.asyncProperty(mutated, async (value) => {
        await holds(written(value));
      }),
      { numRuns: 100 },
    );
  });

  it("is answered where it is a beat", async () => {
    const beat = {
      runId: "beaten",
      at: "2026-01-31T09:30:00Z",
      interval: 10,
      sequence: 1,
      cpuSeconds: 1,
      rssBytes: 1,
    };
    const request = { beats: [{ ...beat, progress: { done: 1, total: 2, unit: "rows" } }, beat] };
    const change = fc.tuple(fc.constantFrom(...placesOf(request)), hostile);
    const bad = change.map(([path, by]) => replaced(request, path, by));
    await fc.assert(
      fc.asyncProperty(bad, async (value) => {
        await holds(written(value), "heartbeats");
      }),
      { numRuns: 40 },
    );
    await holds(JSON.stringify({ ...good(), run: { runId: "beaten" } }));
  });
});

describe("after all of that", () => {
  it("the lists are read as ever", listsAreRead);
});
