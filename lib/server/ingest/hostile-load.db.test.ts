import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type HostileBody, hostileBody } from "../../testing/hostile-bodies.ts";
import { type IngestProcess, killIngestProcesses, startIngest } from "../../testing/ingest-processes.ts";
import { loadTree, spread, statusOf } from "../../testing/load.ts";
import { accepted, openLog } from "../../testing/open-log.ts";
import { testDatabase } from "../../testing/postgres.ts";
import { expectFolded } from "../../testing/stored-trees.ts";
import { tries } from "../../testing/wire-trees.ts";
import { prepareJobs } from "../background.ts";
import { unpackBody } from "./stored-body.ts";

const { url } = await testDatabase();
const log = openLog(url);
killIngestProcesses();
beforeAll(() => prepareJobs(url));
afterAll(() => log.close());

const DOORS = ["lineage", "lineage/batch", "heartbeats"] as const;
const BODIES_EACH = 1_000;
const AT_ONCE = 6;
/** The cap of one body, bytes. */
const CAP = 1_000_000;
/** How long an answer may take before others count as stalled, ms. */
const PATIENCE = 10_000;

async function post(server: IngestProcess, door: string, body: HostileBody) {
  const response = await fetch(`${server.address}/${door}`, {
    method: "POST",
    body: body.bytes as BodyInit,
    headers: {
      ...(body.encoding !== undefined && { "Content-Encoding": body.encoding }),
      ...(body.type !== undefined && { "Content-Type": body.type }),
    },
    signal: AbortSignal.timeout(PATIENCE),
  });
  return { status: response.status, answer: await response.json() };
}

/** A result for what is good, a reason for what is not. */
function expectAnswered({ status, answer }: Awaited<ReturnType<typeof post>>): void {
  expect([2, 4], `status ${status}: ${JSON.stringify(answer)}`).toContain(Math.floor(status / 100));
  if (status >= 400) {
    expect(answer.error).toEqual(expect.stringMatching(/./));
    for (const { reason } of answer.problems) expect(reason).toEqual(expect.stringMatching(/./));
  } else if (answer.summary) {
    expect(answer.failed_events).toHaveLength(answer.summary.failed);
    for (const { reason, retriable } of answer.failed_events) {
      expect(reason).toEqual(expect.stringMatching(/./));
      expect(retriable).toBe(false);
    }
  }
}

describe.each(DOORS)("POST %s, a thousand times with what hurts", (door) => {
  it("answers each with a result or a reason, keeps what was there, and lets others through", {
    timeout: 120_000,
  }, async () => {
    const server = await startIngest(url, { maxBodyBytes: CAP });
    const before = DOORS.indexOf(door) * 1_000 + 50_001;
    const stored = loadTree(before).events;
    for (const { body } of stored) expect(await statusOf(`${server.address}/lineage`, body)).toBe(201);
    const ids = stored.map((event) => event.id);
    const rows = () => log.db.message.findMany({ where: { id: { in: ids } }, orderBy: { id: "asc" } });
    const kept = await rows();

    let isOver = false;
    let beside = 0;
    const others = (async () => {
      for (; !isOver; beside += 1) {
        const body = Buffer.from(loadTree(before + 1 + beside).events[0]?.body ?? "");
        expect((await post(server, "lineage", { bytes: body })).status).toBe(201);
        await sleep(20);
      }
    })();
    const bodies = fc.sample(hostileBody, tries(BODIES_EACH));
    const statuses = new Map<number, number>();
    const posting = spread(bodies, AT_ONCE, async (body) => {
      const { status, answer } = await post(server, door, body);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      try {
        expectAnswered({ status, answer });
      } catch (error) {
        const shown = body.bytes.toString("latin1").slice(0, 2_000);
        throw new Error(`${door} ${body.encoding} ${body.type}: ${shown}`, { cause: error });
      }
    }).finally(() => {
      isOver = true;
    });
    await Promise.all([posting, others]);
    expect(beside).toBeGreaterThan(5);
    expect(server.told).toBe("");
    // It was not one kind of answer alone: there is something to be hurt.
    expect([...statuses.keys()].sort()).toEqual(expect.arrayContaining([400, 413, 415]));
    expect([...statuses.keys()].some((status) => status < 300)).toBe(true);

    expect(await rows()).toEqual(kept);
    await expectFolded(
      log.db,
      accepted(
        kept.map((row) => ({
          json: JSON.parse(unpackBody(row.body)),
          receivedAt: row.receivedAt.getTime() as never,
        })),
      ),
    );
    await server.kill();
  });
});

describe("the memory of a server", () => {
  it("does not grow with what is posted, taken or refused", { timeout: 120_000 }, async () => {
    const server = await startIngest(url, { maxBodyBytes: CAP });
    const size = 400_000;
    /** Different each time, so that nothing can share it; good and bad in turn. */
    const body = (i: number, door: string): HostileBody => {
      const filler = randomBytes(size / 2).toString("hex");
      const [event] = loadTree(80_000 + i).events;
      const large = { ...JSON.parse(event?.body ?? "{}"), filler };
      const beats = { beats: [{ runId: `filled ${i}` }], filler };
      const good = door === "heartbeats" ? beats : door === "lineage" ? large : [large];
      const text = JSON.stringify(good);
      return { bytes: Buffer.from(i % 2 === 0 ? text : text.slice(0, -1)) };
    };
    const fill = async (from: number, count: number) => {
      const jobs = DOORS.flatMap((door) => Array.from({ length: count }, (_, i) => ({ door, i: from + i })));
      await spread(jobs, AT_ONCE, async ({ door, i }) =>
        expectAnswered(await post(server, door, body(i, door))),
      );
      return server.heldBytes();
    };
    // The first ones bring code and pools into memory, which stay.
    const before = await fill(0, 20);
    const posted = 100;
    const after = await fill(20, posted);
    // Were a tenth of the bodies held, this would show it.
    expect(after - before).toBeLessThan((posted * DOORS.length * size) / 10);
    await server.kill();
  });
});
