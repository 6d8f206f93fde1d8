import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Instant } from "../../base/instant.ts";
import { assembleRun } from "../../projections/assemble-run.ts";
import { attemptProjection } from "../../projections/attempt-state.ts";
import { lifeProjection } from "../../projections/life-signs.ts";
import { testDatabase } from "../../testing/postgres.ts";
import { prepareJobs } from "../background.ts";
import { openDatabase } from "../database.ts";
import { findRunId, loadRun } from "../runs/load-run.ts";
import { acceptMessage } from "./accept-message.ts";
import type { Accepted } from "./accepted.ts";
import { append } from "./append.ts";
import { rebuild } from "./rebuild.ts";
import { Writer } from "./writer.ts";

const { url } = await testDatabase();
const db = openDatabase(url);
const writer = new Writer(url);
beforeAll(() => prepareJobs(url));
afterAll(async () => {
  await writer.close();
  await db.$disconnect();
});

const ORIGIN = Date.UTC(2026, 0, 31, 9, 0, 0);
let tree = 0;

/** The messages of one small tree: a root that plans two steps, a retried step, a child of a child. */
function treeOfMessages(): { root: string; messages: Accepted[] } {
  tree += 1;
  const id = (n: number) => `00000000-0000-4000-8000-${String(tree * 1000 + n).padStart(12, "0")}`;
  const root = id(0);
  const job = (name: string) => ({ namespace: "test", name: `p${tree}${name}` });
  const parent = (n: number, name: string) => ({
    run: { runId: id(n) },
    job: job(name),
    root: { run: { runId: root }, job: job("") },
  });
  const message = (
    at: number,
    eventType: string,
    n: number,
    name: string,
    facets: object = {},
    outputs: object[] = [],
  ) => ({
    eventType,
    eventTime: new Date(ORIGIN + at * 1000).toISOString(),
    run: { runId: id(n), facets },
    job: job(name),
    outputs,
  });
  const given = [
    message(0, "START", 0, "", {
      unstuck_plan: { nodes: [{ key: "load" }, { key: "train" }], edges: [{ from: "load", to: "train" }] },
    }),
    message(1, "START", 1, ".load", { parent: parent(0, ""), unstuck_attempt: { number: 1 } }),
    message(2, "FAIL", 1, ".load", { parent: parent(0, ""), unstuck_attempt: { number: 1 } }),
    message(3, "START", 2, ".load", { parent: parent(0, ""), unstuck_attempt: { number: 2 } }),
    message(4, "RUNNING", 2, ".load", { parent: parent(0, "") }),
    message(9, "RUNNING", 2, ".load", { parent: parent(0, "") }),
    message(12, "COMPLETE", 2, ".load", { parent: parent(0, "") }, [{ namespace: "file", name: "/data/a" }]),
    message(13, "START", 3, ".train", { parent: parent(0, "") }),
    message(14, "START", 4, ".train.sub", { parent: parent(3, ".train") }),
    message(15, "COMPLETE", 4, ".train.sub", { parent: parent(3, ".train") }),
    message(16, "OTHER", 2, ".load", { parent: parent(0, "") }),
  ];
  const messages = given.map((json, i) => {
    const accepted = acceptMessage(json, JSON.stringify(json), (ORIGIN + i * 1000 + 500) as Instant);
    if (!accepted.ok) throw new Error(JSON.stringify(accepted.problems));
    return accepted.message;
  });
  return { root, messages };
}

/** What the pure folds make of the same messages. */
function folded(root: string, messages: readonly Accepted[]) {
  const events = messages.flatMap((m) => m.events);
  const ids = new Set([root, ...events.map((e) => e.attemptId)]);
  return assembleRun(
    root,
    [...ids].map((id) => {
      const own = events.filter((e) => e.attemptId === id);
      return {
        state: own.reduce(attemptProjection.evolve, attemptProjection.initial(id)),
        life: own.reduce(lifeProjection.evolve, lifeProjection.initial(id)),
      };
    }),
  );
}

describe("append", () => {
  it("stores what the pure fold gives, one message at a time in order", async () => {
    const { root, messages } = treeOfMessages();
    for (const message of messages) await append(writer, [message], [], message.receivedAt);
    expect(await loadRun(db, root)).toEqual(folded(root, messages));
  });

  it.each([1, 2, 3, 4, 5, 6])(
    "stores the same in any order and batching, with repetitions (%i)",
    async (seed) => {
      const { root, messages } = treeOfMessages();
      const shuffled = shuffle([...messages, ...messages], seed);
      for (let i = 0; i < shuffled.length; i += 1 + (seed % 4)) {
        await append(writer, shuffled.slice(i, i + 1 + (seed % 4)), [], ORIGIN as Instant);
      }
      expect(await loadRun(db, root)).toEqual(folded(root, messages));
    },
  );

  it("keeps the first receipt of what comes twice, in one batch as in two", async () => {
    const { root, messages } = treeOfMessages();
    const later = messages.map((m) => {
      const receivedAt = (m.receivedAt + 60_000) as Instant;
      return { ...m, receivedAt, events: m.events.map((e) => ({ ...e, receivedAt })) };
    });
    await append(writer, [...messages, ...later], [], ORIGIN as Instant);
    await append(writer, later, [], ORIGIN as Instant);
    expect(await loadRun(db, root)).toEqual(folded(root, messages));
  });

  it("answers with the run to the id of any of its attempts, however late its parents came", async () => {
    const { root, messages } = treeOfMessages();
    for (const message of messages.toReversed()) await append(writer, [message], [], message.receivedAt);
    for (const { attemptId } of messages) expect(await findRunId(db, attemptId ?? "")).toBe(root);
    const runs = await db.run.findMany({ where: { id: { in: messages.flatMap((m) => m.attemptId ?? []) } } });
    expect(runs.map((r) => r.id)).toEqual([root]);
  });

  it("keeps parallel writers apart: none is lost, none waits for ever", async () => {
    const { root, messages } = treeOfMessages();
    await Promise.all(shuffle(messages, 7).map((m) => append(writer, [m], [], m.receivedAt)));
    expect(await loadRun(db, root)).toEqual(folded(root, messages));
  });

  it("gives the same when it is rebuilt from the log, whatever became of the projections", async () => {
    const { root, messages } = treeOfMessages();
    await append(writer, messages, [], ORIGIN as Instant);
    await db.$executeRaw`UPDATE attempt SET state = jsonb_build_object('id', id, 'facts', '{}'::jsonb, 'ends', '{}'::jsonb,
      'outputs', '{}'::jsonb, 'inputs', '{}'::jsonb, 'dependencies', '{}'::jsonb, 'compute', '{}'::jsonb, 'notes', '{}'::jsonb)`;
    expect(await loadRun(db, root)).not.toEqual(folded(root, messages));
    const progress: number[] = [];
    await rebuild(writer, ORIGIN as Instant, (done, total) => progress.push(done / total));
    expect(await loadRun(db, root)).toEqual(folded(root, messages));
    expect(progress.at(-1)).toBe(1);
  });

  it("knows since when a source has spoken, and by what, whichever message came first", async () => {
    const told = (at: number, integration: string, job: string) => {
      const json = {
        eventTime: new Date(at).toISOString(),
        eventType: "START",
        producer: "https://example.com/producer",
        schemaURL: "https://openlineage.io/spec/2-0-2/OpenLineage.json",
        run: { runId: crypto.randomUUID() },
        job: {
          namespace: "of-two-minds",
          name: job,
          facets: { jobType: { _producer: "", _schemaURL: "", processingType: "BATCH", integration } },
        },
      };
      const read = acceptMessage(json, JSON.stringify(json), at as Instant);
      if (!read.ok) throw new Error("refused");
      return read.message;
    };
    const early = told(ORIGIN + 1_000, "SPARK", "a");
    const late = told(ORIGIN + 9_000, "AIRFLOW", "b");
    await append(writer, [late], [], late.receivedAt);
    await append(writer, [early], [], late.receivedAt);
    const source = await db.source.findUnique({ where: { name: "of-two-minds" } });
    expect(source).toMatchObject({
      integration: "airflow",
      firstReceivedAt: new Date(ORIGIN + 1_000),
      lastReceivedAt: new Date(ORIGIN + 9_000),
    });
    const alone = told(ORIGIN + 12_000, "SPARK", "c");
    await append(writer, [alone], [], alone.receivedAt);
    expect(await db.source.findUnique({ where: { name: "of-two-minds" } })).toMatchObject({
      integration: "airflow",
      firstReceivedAt: new Date(ORIGIN + 1_000),
    });
  });

  it("refuses to change or to empty the log", async () => {
    const { messages } = treeOfMessages();
    await append(writer, messages, [], ORIGIN as Instant);
    await expect(db.$executeRaw`UPDATE message SET body = ''`).rejects.toThrow(/append-only/);
    await expect(db.$executeRaw`DELETE FROM message`).rejects.toThrow(/append-only/);
    await expect(db.$executeRaw`TRUNCATE message`).rejects.toThrow(/append-only/);
  });

  it("survives parents that name each other in a circle", async () => {
    const circle = ["a", "b"].map((own, i) => {
      const other = own === "a" ? "b" : "a";
      const json = {
        eventType: "START",
        eventTime: new Date(ORIGIN + i).toISOString(),
        run: {
          runId: `circle-${own}`,
          facets: { parent: { run: { runId: `circle-${other}` }, job: { namespace: "c", name: other } } },
        },
        job: { namespace: "c", name: own },
      };
      const accepted = acceptMessage(json, JSON.stringify(json), ORIGIN as Instant);
      if (!accepted.ok) throw new Error("refused");
      return accepted.message;
    });
    await append(writer, circle, [], ORIGIN as Instant);
    expect(await findRunId(db, "circle-b")).toBe("circle-a");
    expect((await loadRun(db, "circle-a"))?.nodes.size).toBe(1);
  });
});

/** A fixed shuffle for a seed, so that a failure comes again. */
function shuffle<T>(items: readonly T[], seed: number): T[] {
  const out = [...items];
  let state = seed * 2_654_435_761;
  for (let i = out.length - 1; i > 0; i--) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const j = state % (i + 1);
    const a = out[i];
    const b = out[j];
    if (a !== undefined && b !== undefined) [out[i], out[j]] = [b, a];
  }
  return out;
}
