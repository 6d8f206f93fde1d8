import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, it } from "vitest";
import { killIngestProcesses, startIngest } from "../../testing/ingest-processes.ts";
import { killablePostgres } from "../../testing/killable-postgres.ts";
import { mixedLoad, spread, statusOf } from "../../testing/load.ts";
import { openLog } from "../../testing/open-log.ts";
import { expectWhole } from "../../testing/stored-trees.ts";

const SENDERS = 16;
const KILLS = 4;
/** Trees that are posted over all of it. */
const TREES = 100;
/** How long Postgres is left dead, ms, and how long a client waits before it posts again. */
const DEAD = 300;
const PAUSE = 100;

const postgres = await killablePostgres();
killIngestProcesses();
afterAll(() => postgres.remove());

it("Postgres is killed under load, again and again, and what was acknowledged is there", {
  timeout: 120_000,
}, async () => {
  const server = await startIngest(postgres.url, { background: true });
  const events = mixedLoad(1, TREES);
  const acknowledged = new Set<string>();
  const refused = new Map<number | undefined, number>();
  let isOver = false;
  const loading = spread(events, SENDERS, async ({ id, body }) => {
    for (;;) {
      const status = await statusOf(`${server.address}/lineage`, body);
      if (status === 201) break;
      refused.set(status, (refused.get(status) ?? 0) + 1);
      // Nothing but this is an answer to a store that is gone.
      if (status !== 503) throw new Error(`status ${status}: ${server.told}`);
      await sleep(PAUSE);
    }
    acknowledged.add(id);
  }).then(() => {
    isOver = true;
  });

  const keptAtEach: number[] = [];
  const killing = (async () => {
    for (let kill = 1; kill <= KILLS; kill += 1) {
      // From one that was answered on, at any moment within many commits.
      const before = acknowledged.size;
      while (acknowledged.size === before && !isOver) await sleep(2);
      await sleep(Math.random() * 400);
      expect(isOver).toBe(false);
      await postgres.kill();
      keptAtEach.push(acknowledged.size);
      await sleep(DEAD);
      await postgres.start();
    }
  })();
  await Promise.all([loading, killing]);

  expect(server.isAlive).toBe(true);
  expect(acknowledged.size).toBe(events.length);
  expect([...refused.keys()]).toEqual([503]);
  // However many were told to come again, its operator reads of it once each time.
  expect(server.told.match(/^events and beats cannot be stored: /gm)?.length).toBeLessThanOrEqual(KILLS);
  expect(keptAtEach.every((kept, i) => kept > (keptAtEach[i - 1] ?? 0))).toBe(true);

  const log = openLog(postgres.url);
  try {
    expect(await expectWhole(log)).toEqual(acknowledged);
    // The background work of the same process has come back too: every run gets its answer.
    const undiagnosed = () => log.db.run.count({ where: { diagnosedAt: null } });
    await expect.poll(undiagnosed, { timeout: 30_000, interval: 200 }).toBe(0);
  } finally {
    await log.close();
  }
});
