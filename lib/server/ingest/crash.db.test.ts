import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { killIngestProcesses, startIngest } from "../../testing/ingest-processes.ts";
import { mixedLoad, type Sent, spread, statusOf } from "../../testing/load.ts";
import { openLog } from "../../testing/open-log.ts";
import { testDatabase } from "../../testing/postgres.ts";
import { expectWhole } from "../../testing/stored-trees.ts";
import { prepareJobs } from "../background.ts";

const SENDERS = 16;
const KILLS = 5;
/** Trees in each life of the server: more than it can store before it is killed; few in the last, which is not cut short. */
const TREES = 60;
const LAST = 10;
/** Between which times after the first answer the server is killed, ms: within many commits, and not all alike. */
const SOONEST = 20;
const SPREAD = 300;

const { url } = await testDatabase();
const log = openLog(url);
killIngestProcesses();
beforeAll(() => prepareJobs(url));
afterAll(() => log.close());

/** Posts all of it with many senders at once, until the server is gone. Gives the ids that it acknowledged. */
async function load(address: string, events: readonly Sent[], answered: () => void): Promise<string[]> {
  const acknowledged: string[] = [];
  let isGone = false;
  await spread(events, SENDERS, async ({ id, body }) => {
    if (isGone) return;
    const status = await statusOf(`${address}/lineage`, body);
    if (status === undefined) isGone = true;
    else {
      expect(status).toBe(201);
      acknowledged.push(id);
      answered();
    }
  });
  return acknowledged;
}

it("keeps all that it acknowledged, and nothing half, however it is killed", {
  timeout: 90_000,
}, async () => {
  const acknowledged: string[] = [];
  for (let life = 0; life < KILLS; life += 1) {
    const events = mixedLoad(1 + life * TREES, TREES);
    const server = await startIngest(url);
    const { promise: first, resolve: onFirst } = Promise.withResolvers<void>();
    const loading = load(server.address, events, onFirst);
    await first;
    await sleep(SOONEST + Math.random() * SPREAD);
    await server.kill();
    const taken = await loading;
    expect(taken.length).toBeLessThan(events.length);
    acknowledged.push(...taken);
  }
  // The last life shows that the earlier ends have left nothing locked or broken.
  const last = mixedLoad(1 + KILLS * TREES, LAST);
  const server = await startIngest(url);
  const taken = await load(server.address, last, () => {});
  expect(taken).toHaveLength(last.length);

  const stored = await expectWhole(log);
  expect([...acknowledged, ...taken].filter((id) => !stored.has(id))).toEqual([]);
});
