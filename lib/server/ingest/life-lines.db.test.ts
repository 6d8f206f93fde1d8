import { readdir, readFile } from "node:fs/promises";
import { beforeEach, describe, expect, it } from "vitest";
import { bucketOf, bucketsOf } from "../../base/bitmap.ts";
import { type Instant, toIso } from "../../base/instant.ts";
import type { Beat } from "../../contract/heartbeats.ts";
import { BeatSums } from "../../projections/beat-sum.ts";
import { ingestServer } from "../../testing/ingest-server.ts";
import { lifeRow, storedLife } from "../../testing/stored-life.ts";
import { database, databaseUrl } from "../database.ts";
import { loadRun } from "../runs/load-run.ts";
import { acceptMessage } from "./accept-message.ts";
import { append } from "./append.ts";
import { Writer } from "./writer.ts";

const { post } = await ingestServer(5_000_000);
const BEGAN = Date.UTC(2026, 0, 31, 9) as Instant;
let attemptId = "";
let count = 0;
beforeEach(() => {
  count += 1;
  attemptId = `beating ${count}`;
});

const beat = (at: number, more: Partial<Beat> = {}) => ({
  runId: attemptId,
  at: toIso(at as Instant),
  ...more,
});

async function beats(...list: object[]): Promise<void> {
  expect((await post("/api/v1/heartbeats", { beats: list })).status).toBe(201);
}

/** When a process beats that wakes every 10 s and then works for up to 9 s more, for so many hours: the same each time. */
function faltering(hours: number): number[] {
  return Array.from({ length: hours * 360 }, (_, i) => BEGAN + i * 10_000 + ((i * 7_919) % 9_000));
}

describe("a life line", () => {
  it("stays short however long its attempt falters, and loses no beat of it", async () => {
    const instants = faltering(6);
    for (let i = 0; i < instants.length; i += 90) {
      await beats(
        ...instants.slice(i, i + 90).map((at) => beat(at, { interval: 10, progress: { done: at } })),
      );
      const row = await lifeRow(database(), attemptId);
      expect(row.signs.length).toBeLessThan(256);
    }
    const buckets = [...new Set(instants.map(bucketOf))];
    expect(bucketsOf((await storedLife(database(), attemptId)).beats)).toEqual(buckets);
    // Told again, when they have long been put away.
    await beats(...instants.slice(0, 400).map((at) => beat(at)));
    expect(bucketsOf((await storedLife(database(), attemptId)).beats)).toEqual(buckets);
    const run = await loadRun(database(), attemptId);
    expect(run && bucketsOf(run.root.current?.life.beats ?? new Uint8Array(0))).toEqual(buckets);
  });

  it("takes beats whose attempt is told of by a message that is in the log already", async () => {
    const json = {
      eventType: "START",
      eventTime: toIso(BEGAN),
      run: { runId: attemptId },
      job: { namespace: "n", name: attemptId },
    };
    const read = acceptMessage(json, JSON.stringify(json), BEGAN);
    if (!read.ok) throw new Error("refused");
    const writer = new Writer(databaseUrl());
    for (const minute of [1, 2]) {
      const at = (BEGAN + minute * 60_000) as Instant;
      const sums = new BeatSums(at);
      sums.add(attemptId, at, {});
      await append(writer, [read.message], [{ sums: sums.all }], at);
    }
    await writer.close();
    expect(bucketsOf((await storedLife(database(), attemptId)).beats)).toHaveLength(2);
  });

  it("begins without a new version of an attempt that is known to run, and sets one running that waited", async () => {
    const told = async (eventType: string) => {
      const job = { namespace: "n", name: attemptId };
      const event = { eventType, eventTime: toIso(BEGAN), job, run: { runId: attemptId } };
      expect((await post("/api/v1/lineage", event)).status).toBe(201);
    };
    const row = async () => {
      const [found] = await database().$queryRaw<{ version: string; status: string }[]>`
        SELECT xmin::text AS version, status FROM attempt WHERE id = ${attemptId}`;
      return found;
    };
    await told("START");
    const before = await row();
    await beats(beat(BEGAN + 10_000, { interval: 10 }));
    expect(await row()).toEqual(before);
    expect((await storedLife(database(), attemptId)).firstBeat?.at).toBe(BEGAN + 10_000);
    attemptId = `${attemptId}, queued`;
    await told("OTHER");
    expect(await row()).toMatchObject({ status: "waiting" });
    await beats(beat(BEGAN + 10_000));
    expect(await row()).toMatchObject({ status: "running" });
  });

  it("begins earlier where an earlier beat is told later, and its attempt with it", async () => {
    await beats(beat(BEGAN + 60_000));
    await beats(beat(BEGAN));
    const row = await database().attempt.findUniqueOrThrow({ where: { id: attemptId } });
    expect(row).toMatchObject({ status: "running", startedAt: new Date(BEGAN) });
  });

  it("of an earlier version is kept by the migrations, with its chunks, and goes on", async () => {
    const later = (BEGAN + 5 * 3_600_000) as Instant;
    await beats(beat(BEGAN, { interval: 10, progress: { done: 1, total: 3, unit: "rows" } }), beat(later));
    const { beats: buckets, ...signs } = await storedLife(database(), attemptId);
    const chunk = (bucket: number) => ({ chunk: Math.floor(bucket / 2_880), bit: bucket % 2_880 });
    await asItWasBefore(attemptId, JSON.stringify(signs), bucketsOf(buckets).map(chunk));
    await migrateAgain();
    expect(await storedLife(database(), attemptId)).toEqual({ ...signs, beats: buckets });
    await beats(beat(later + 10_000));
    const after = await storedLife(database(), attemptId);
    expect(bucketsOf(after.beats)).toEqual([...bucketsOf(buckets), bucketOf(later + 10_000)]);
    expect(after).toMatchObject({ firstBeat: signs.firstBeat, progress: signs.progress });
    expect(after.lastBeat?.at).toBe(later + 10_000);
  });
});

/** Keeps a life line as versions before the migrations did: as JSON, by its attempt's id, and all of its buckets in chunks. */
async function asItWasBefore(id: string, json: string, buckets: { chunk: number; bit: number }[]) {
  const db = database();
  const { intervalMs, lastReceivedAt } = await lifeRow(db, id);
  await db.$executeRaw`DROP TABLE life_sign, beat_chunk`;
  await db.$executeRaw`ALTER TABLE attempt DROP COLUMN life_id`;
  await db.$executeRaw`
    CREATE TABLE life_sign (attempt_id text CONSTRAINT life_sign_pkey PRIMARY KEY, interval_ms int,
      last_received_at timestamptz(3) NOT NULL, state json NOT NULL)`;
  await db.$executeRaw`
    CREATE TABLE beat_chunk (attempt_id text, chunk int, bits bit(2880),
      CONSTRAINT beat_chunk_pkey PRIMARY KEY (attempt_id, chunk))`;
  await db.$executeRaw`INSERT INTO life_sign VALUES (${id}, ${intervalMs}, ${lastReceivedAt}, ${json}::json)`;
  for (const { chunk, bit } of buckets)
    await db.$executeRaw`
      INSERT INTO beat_chunk (attempt_id, chunk, bits) VALUES (${id}, ${chunk}, set_bit(0::bit(2880), ${bit}, 1))`;
}

async function migrateAgain(): Promise<void> {
  const folders = await readdir("prisma/migrations");
  for (const name of ["_keep_life_lines_small", "_keep_life_lines_by_number"]) {
    const folder = folders.find((found) => found.endsWith(name));
    const sql = await readFile(`prisma/migrations/${folder}/migration.sql`, "utf8");
    for (const statement of sql.replaceAll(/^--.*$/gm, "").split(";"))
      if (statement.trim() !== "") await database().$executeRawUnsafe(statement);
  }
}
