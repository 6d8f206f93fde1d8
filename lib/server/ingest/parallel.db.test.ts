import { afterAll, beforeAll, expect, it } from "vitest";
import { bucketsSet } from "../../base/bitmap.ts";
import { killIngestProcesses, startIngest } from "../../testing/ingest-processes.ts";
import { loadTree, mixedLoad, shuffled, spread, statusOf } from "../../testing/load.ts";
import { openLog } from "../../testing/open-log.ts";
import { testDatabase } from "../../testing/postgres.ts";
import { storedLife } from "../../testing/stored-life.ts";
import { expectWhole } from "../../testing/stored-trees.ts";
import { prepareJobs } from "../background.ts";

const SERVERS = 3;
const SENDERS_EACH = 8;
const TREES = 40;
/** Attempts that only beats tell of. */
const beaten = Array.from({ length: 20 }, (_, n) => `beaten ${n}`);
const BEATS_EACH = 60;

const { url } = await testDatabase();
const log = openLog(url);
killIngestProcesses();
beforeAll(() => prepareJobs(url));
afterAll(() => log.close());

it("several servers write to the same runs at once: none waits for ever, nothing is lost", {
  timeout: 120_000,
}, async () => {
  const servers = await Promise.all(Array.from({ length: SERVERS }, () => startIngest(url)));
  const events = mixedLoad(1, TREES);
  // Each event goes to two servers: which is first, and with which others, is for the machine to say.
  const posts = servers.map((server, s) => ({
    address: `${server.address}/lineage`,
    bodies: shuffled(events.filter((_, i) => i % SERVERS !== s).map((event) => event.body)),
  }));
  // Each server hears of every attempt that beats, and of each another part of its beats.
  const began = Date.UTC(2026, 0, 31, 9);
  const beats = servers.map((server, s) => ({
    address: `${server.address}/heartbeats`,
    bodies: shuffled(
      Array.from({ length: BEATS_EACH }, (_, i) => i)
        .filter((i) => i % SERVERS === s)
        .map((i) => {
          const at = new Date(began + i * 60_000).toISOString();
          const all = beaten.map((runId) => ({ runId, at, progress: { done: i } }));
          return JSON.stringify({ beats: shuffled(all) });
        }),
    ),
  }));
  let isOver = false;
  let rebuilds = 0;
  const rebuilding = (async () => {
    for (; !isOver; rebuilds += 1) await log.rebuild();
  })();
  const statuses = new Map<number | undefined, number>();
  await Promise.all(
    [...posts, ...beats].map(({ address, bodies }) =>
      spread(bodies, SENDERS_EACH, async (body) => {
        const status = await statusOf(address, body);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }),
    ),
  );
  isOver = true;
  await rebuilding;
  expect([...statuses.keys()]).toEqual([201]);
  expect(rebuilds).toBeGreaterThan(0);
  expect(servers.map((server) => server.told)).toEqual(servers.map(() => ""));

  const stored = await expectWhole(log, beaten);
  expect(stored).toEqual(new Set(events.map((event) => event.id)));
  for (const attemptId of beaten) {
    const life = await storedLife(log.db, attemptId);
    expect(bucketsSet(life.beats)).toEqual(Array.from({ length: BEATS_EACH }, (_, i) => began + i * 60_000));
    expect(life).toMatchObject({
      firstBeat: { at: began },
      lastBeat: { at: began + (BEATS_EACH - 1) * 60_000 },
      progress: { value: { done: BEATS_EACH - 1 } },
    });
  }
});

it("the same event a thousand times from eight connections is one event", { timeout: 120_000 }, async () => {
  const servers = await Promise.all([startIngest(url), startIngest(url)]);
  const { root, events } = loadTree(9_999);
  const [event] = events;
  const before = await log.db.message.count();
  const statuses = new Set<number | undefined>();
  await spread(
    Array.from({ length: 1_000 }).map((_, i) => i),
    8,
    async (i) => {
      statuses.add(await statusOf(`${servers[i % 2]?.address}/lineage`, event?.body ?? ""));
    },
  );
  expect([...statuses]).toEqual([201]);
  expect(await log.db.message.count()).toBe(before + 1);
  expect(await log.db.message.count({ where: { attemptId: root } })).toBe(1);
  await expectWhole(log, beaten);
});
