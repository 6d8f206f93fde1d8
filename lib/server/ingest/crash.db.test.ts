import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Instant, toIso } from "../../base/instant.ts";
import type { Event } from "../../events/event.ts";
import { assembleRun } from "../../projections/assemble-run.ts";
import { attemptProjection } from "../../projections/attempt-state.ts";
import { lifeProjection } from "../../projections/life-signs.ts";
import { testDatabase } from "../../testing/postgres.ts";
import { prepareJobs } from "../background.ts";
import { openDatabase } from "../database.ts";
import { childEnv } from "../env.ts";
import { loadRun } from "../runs/load-run.ts";
import { messageIdOf } from "./accepted.ts";

const PROGRAM = fileURLToPath(new URL("../../testing/ingest-process.ts", import.meta.url));
const ORIGIN = Date.UTC(2026, 0, 31, 9, 0, 0);

const SENDERS = 16;
const KILLS = 3;
/** Trees in each life of the server: more than it can store before it is killed. */
const TREES = 60;
/** Steps in each tree, each with a START, a RUNNING and an end. */
const STEPS = 8;
/** Between which times after the first answer the server is killed, ms: within many commits, and not all alike. */
const SOONEST = 60;
const SPREAD = 300;

const { url } = await testDatabase();
const db = openDatabase(url);

interface Ingest {
  readonly process: ChildProcessByStdio<Writable, Readable, null>;
  readonly address: string;
}

const started: Ingest["process"][] = [];

async function startIngest(): Promise<Ingest> {
  const child = spawn(process.execPath, [PROGRAM], {
    env: childEnv({ DATABASE_URL: url, NODE_OPTIONS: undefined }),
    stdio: ["pipe", "pipe", "inherit"],
  });
  started.push(child);
  const [port] = await once(createInterface(child.stdout), "line");
  return { process: child, address: `http://127.0.0.1:${port}/api/v1/lineage` };
}

async function kill(child: Ingest["process"]): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

beforeAll(() => prepareJobs(url));
afterAll(async () => {
  await Promise.all(started.map(kill));
  await db.$disconnect();
});

interface Sent {
  readonly id: string;
  readonly body: string;
}

/** The events of one tree: a root that plans its steps, and steps of which every third has a step below it. */
function treeOf(life: number, tree: number): { root: string; events: Sent[] } {
  const id = (n: number) =>
    `00000000-0000-4000-8000-${String(life * 1_000_000 + tree * 1_000 + n).padStart(12, "0")}`;
  const job = (name: string) => ({ namespace: "crash", name });
  const above = (n: number) => (n > 3 && n % 3 === 0 ? n - 1 : 0);
  const nameOf = (n: number): string => (n === 0 ? "flow" : `${nameOf(above(n))}.s${n}`);
  const event = (second: number, eventType: string, n: number, facets: object = {}) => {
    const up = above(n);
    const parent = {
      run: { runId: id(up) },
      job: job(nameOf(up)),
      root: { run: { runId: id(0) }, job: job("flow") },
    };
    const json = {
      eventType,
      eventTime: toIso((ORIGIN + second * 1000) as Instant),
      run: { runId: id(n), facets: { ...facets, ...(n > 0 && { parent }) } },
      job: job(nameOf(n)),
      outputs: eventType === "COMPLETE" ? [{ namespace: "file", name: `/${life}/${tree}/${n}` }] : [],
    };
    return { id: messageIdOf(json), body: JSON.stringify(json) };
  };
  const steps = Array.from({ length: STEPS }, (_, i) => i + 1);
  const plan = { nodes: steps.map((n) => ({ key: `s${n}` })), edges: [{ from: "s1", to: "s2" }] };
  return {
    root: id(0),
    events: [
      event(0, "START", 0, { unstuck_plan: plan }),
      ...steps.flatMap((n) => [
        event(n, "START", n),
        event(n + 20, "RUNNING", n),
        event(n + 40, n % 5 === 0 ? "FAIL" : "COMPLETE", n),
      ]),
      event(99, "COMPLETE", 0),
    ],
  };
}

/** Posts all of it with so many senders at once, until the server is gone. Gives what it acknowledged. */
async function load(address: string, events: readonly Sent[], answered: () => void): Promise<string[]> {
  const todo = [...events];
  const acknowledged: string[] = [];
  let gone = false;
  const send = async () => {
    for (let next = todo.pop(); next && !gone; next = todo.pop()) {
      const { id, body } = next;
      // Only headers that arrived are an answer; the body of a killed server may be missing.
      const status = await fetch(address, { method: "POST", body }).then(
        (response) => response.status,
        () => undefined,
      );
      if (status === undefined) gone = true;
      else {
        expect(status).toBe(201);
        acknowledged.push(id);
        answered();
      }
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, send));
  return acknowledged;
}

/** What the pure folds make of the events that are in the log. */
function folded(root: string, events: readonly Event[]) {
  const byAttempt = Map.groupBy(events, (e) => e.attemptId);
  const named = events.flatMap((e) =>
    e.type === "attempt.observed" ? [e.parent?.attemptId, e.root?.attemptId] : [],
  );
  const ids = new Set([root, ...byAttempt.keys(), ...named.filter((id) => id !== undefined)]);
  return assembleRun(
    root,
    [...ids].map((id) => {
      const own = byAttempt.get(id) ?? [];
      return {
        state: own.reduce(attemptProjection.evolve, attemptProjection.initial(id)),
        life: own.reduce(lifeProjection.evolve, lifeProjection.initial(id)),
      };
    }),
  );
}

it("keeps all that it acknowledged, and nothing half, however it is killed", async () => {
  const trees: ReturnType<typeof treeOf>[] = [];
  const acknowledged: string[] = [];
  for (let life = 1; life <= KILLS + 1; life += 1) {
    const own = Array.from({ length: life > KILLS ? 10 : TREES }, (_, tree) => treeOf(life, tree));
    trees.push(...own);
    const { process: child, address } = await startIngest();
    let onFirst = () => {};
    const first = new Promise<void>((resolve) => {
      onFirst = resolve;
    });
    const events = shuffle(own.flatMap((t) => t.events));
    const loading = load(address, events, () => onFirst());
    if (life <= KILLS) {
      await first;
      await sleep(SOONEST + Math.random() * SPREAD);
      await kill(child);
    }
    const taken = await loading;
    acknowledged.push(...taken);
    // The last life is not cut short, and shows that the earlier ends have left nothing locked or broken.
    if (life > KILLS) expect(taken).toHaveLength(events.length);
    else expect(taken.length).toBeLessThan(events.length);
  }

  const messages = await db.message.findMany({ orderBy: { position: "asc" } });
  const stored = new Set(messages.map((m) => m.id));
  expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
  expect(stored.size).toBe(messages.length);

  const attempts = new Map((await db.attempt.findMany()).map((a) => [a.id, a]));
  const told = messages.map((m) => ({ m, events: m.events as unknown as Event[] }));
  const byAttempt = Map.groupBy(told, ({ m }) => m.attemptId ?? "");
  for (const [attemptId, own] of byAttempt) {
    const events = own.flatMap((o) => o.events);
    const state = events.reduce(attemptProjection.evolve, attemptProjection.initial(attemptId));
    expect(attempts.get(attemptId)?.state).toEqual(JSON.parse(JSON.stringify(state)));
  }

  let loaded = 0;
  for (const { root, events } of trees) {
    const ids = new Set(events.map((e) => e.id));
    const own = told.filter(({ m }) => ids.has(m.id)).flatMap((o) => o.events);
    const run = await loadRun(db, root);
    if (own.length === 0) expect(run).toBeUndefined();
    else {
      expect(run).toEqual(folded(root, own));
      loaded += 1;
    }
  }
  expect(loaded).toBeGreaterThan(KILLS + 10);
  const roots = new Set(trees.map((t) => t.root));
  expect((await db.run.findMany()).filter((run) => !roots.has(run.id))).toEqual([]);
});

function shuffle<T>(list: readonly T[]): T[] {
  const mixed = [...list];
  for (let i = mixed.length - 1; i > 0; i -= 1) {
    const j = Math.floor(Math.random() * (i + 1));
    [mixed[i], mixed[j]] = [mixed[j] as T, mixed[i] as T];
  }
  return mixed;
}
