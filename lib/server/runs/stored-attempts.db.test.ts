import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { bucketsOf, NO_BEATS } from "../../base/bitmap.ts";
import { ingestServer } from "../../testing/ingest-server.ts";
import { type Database, database, openDatabase } from "../database.ts";
import { loadPutAway } from "./load-put-away.ts";
import { loadRun } from "./load-run.ts";
import { storedAttempts } from "./stored-attempts.ts";

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

const { post } = await ingestServer(5_000_000);
const BEGAN = Date.now() - 600_000;
/** More than are read anew each time. */
const STEPS = 1_200;

const said = (id: string, at: number, more: { type?: string; parent?: string } = {}) => ({
  eventType: more.type ?? "START",
  eventTime: new Date(BEGAN + at * 1000).toISOString(),
  run: {
    runId: id,
    facets:
      more.parent === undefined
        ? {}
        : { parent: { run: { runId: more.parent }, job: { namespace: "n", name: "big" } } },
  },
  job: { namespace: "n", name: more.parent === undefined ? id : `big.${id}` },
});

async function tell(...messages: object[]): Promise<void> {
  const response = await post("/api/v1/lineage/batch", messages);
  expect(response.status).toBeLessThan(300);
}

/** Asks as pages do, by the pool that keeps what it read, and by one that has never read anything. */
async function bothLoad(runId: string) {
  const fresh = openDatabase(process.env["DATABASE_URL"] ?? "");
  const run = await loadRun(fresh, runId);
  await fresh.$disconnect();
  return { kept: await loadRun(database(), runId), fresh: run };
}

describe("a large run that was read before", () => {
  it("is as the store has it, whatever was told since", async () => {
    const steps = Array.from({ length: STEPS }, (_, i) => said(`s${i}`, 1, { parent: "big" }));
    await tell(said("big", 0), ...steps);
    const first = await loadRun(database(), "big");
    expect(first?.nodes.size).toBe(STEPS);
    // Nothing was told since: it need not be put together again.
    expect(await loadRun(database(), "big")).toBe(first);
    const changes: (() => Promise<unknown>)[] = [
      () => tell(said("s7", 60, { type: "COMPLETE", parent: "big" })),
      () => tell(said("new", 61, { parent: "big" })),
      () =>
        post("/api/v1/heartbeats", {
          beats: [{ runId: "s8", at: new Date(BEGAN + 62_000).toISOString(), interval: 10 }],
        }),
      // One joins with what is below it, and one leaves for another run.
      () => tell(said("below", 63, { parent: "joins" }), said("joins", 64, { parent: "big" })),
      () => tell(said("s9", 65, { parent: "other" }), said("s10", 66, { type: "FAIL", parent: "big" })),
      () => database().$executeRaw`DELETE FROM attempt WHERE id = 's11'`,
    ];
    for (const change of changes) {
      const before = await loadRun(database(), "big");
      await change();
      const { kept, fresh } = await bothLoad("big");
      expect(kept).toEqual(fresh);
      expect(kept).not.toEqual(before);
    }
  });
});

it("holds nothing of what was read before, once it was read again", async () => {
  const read = async () => new WeakRef(await storedAttempts(database(), "big"));
  const before = await read();
  await tell(said("s12", 70, { type: "COMPLETE", parent: "big" }));
  await read();
  collectGarbage();
  expect(before.deref()).toBeUndefined();
});

/** The store, in which something is done behind one of the looks at it, counted from 1. */
function interrupted(look: number, work: () => Promise<unknown>): Database {
  const db = database();
  let looks = 0;
  return new Proxy(db, {
    get: (target, name) => {
      if (name !== "$queryRaw") return Reflect.get(target, name);
      return async (...asked: Parameters<typeof db.$queryRaw>) => {
        const rows = await db.$queryRaw(...asked);
        looks += 1;
        if (looks === look) await work();
        return rows;
      };
    },
  });
}

it.each([1, 2, 3])("loses no beat that is put away behind look %i at the store", async (look) => {
  const runId = `faltering ${look}`;
  // By which it wakes every 10 s, and works for up to 9 s more.
  const beatsOf = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => BEGAN + (from + i) * 10_000 + (((from + i) * 7_919) % 9_000));
  const beat = async (from: number, to: number) => {
    const beats = beatsOf(from, to).map((at) => ({ runId, at: new Date(at).toISOString() }));
    expect((await post("/api/v1/heartbeats", { beats })).status).toBe(201);
  };
  const stored = async (db: Database) => (await storedAttempts(db, runId))[0]?.life?.beats ?? NO_BEATS;
  await beat(0, 360);
  const all = await stored(interrupted(look, () => beat(360, 720)));
  const early = new Set(bucketsOf(all).filter((bucket) => bucket * 5_000 < BEGAN + 3_600_000));
  expect((await loadPutAway(database(), runId)).size).toBe(1);
  expect(early.size).toBe(new Set(beatsOf(0, 360).map((at) => Math.floor(at / 5_000))).size);
});
