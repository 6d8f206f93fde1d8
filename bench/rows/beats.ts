/** Heartbeats in batches: how many a second, and what one of them costs on disk. */
import { bucketsOf } from "../../lib/base/bitmap.ts";
import { unpackLife } from "../../lib/projections/packed-life.ts";
import type { MeasuredDatabase } from "../../lib/testing/measured-postgres.ts";
import { type Json, type Named, Voice } from "../events/parts.ts";
import { beatingId } from "../load/bodies.ts";
import type { Bodies } from "../load/load.ts";
import { postEvents } from "../post.ts";
import type { Row } from "../row.ts";
import type { Sizes } from "../sizes.ts";
import type { Stage } from "../stage.ts";
import { acknowledged, coresText } from "./ingest.ts";
import { settle } from "./settle.ts";

const CONNECTIONS = 8;
const INTERVAL = 10;
const PER_RUN = 40;
const PER_BODY = 2_000;
const HOUR = 3_600;
const voice = new Voice("integration/trainer");

/** The tables that beats are kept in. */
const KEPT_IN = ["beat_chunk", "life_sign"];

export async function beatRows(stage: Stage, sizes: Sizes): Promise<Row[]> {
  const database = await stage.database();
  const server = await stage.ingestServer(database);
  const bare = await stage.bareServer();
  const seconds = sizes.beatHours * HOUR;
  const began = Math.floor((Date.now() / 1000 - seconds) / HOUR) * HOUR * 1000;
  await postEvents(server.url, starts(sizes.beatingAttempts, began));
  await settle(database);
  const bytesBefore = await bytesKept(database, "VACUUM");
  const bodies: Bodies = {
    kind: "beats",
    attempts: sizes.beatingAttempts,
    turns: seconds / INTERVAL,
    size: Math.min(PER_BODY, sizes.beatingAttempts),
    at: began,
  };
  const pace = { kind: "closed", connections: CONNECTIONS } as const;
  const url = `${server.url}/api/v1/heartbeats`;
  const sent = await acknowledged(stage.send({ url, pace, bodies }, server));
  const bareSent = await acknowledged(stage.send({ url: bare.url, pace, bodies }, bare));
  await settle(database);
  const kept = await beatsKept(database);
  if (kept < sent.taken) throw new Error(`${sent.taken} beats were acknowledged, ${kept} are kept.`);
  const bytes = (await bytesKept(database, "VACUUM")) - bytesBefore;
  const packed = (await bytesKept(database, "VACUUM FULL")) - bytesBefore;
  await server.end();
  await bare.end();
  return [
    {
      group: "beats",
      what: `beats in bodies of ${bodies.size}, ${CONNECTIONS} connections`,
      measured: { value: sent.taken / sent.seconds, unit: "beats/s" },
      reference: {
        value: bareSent.taken / bareSent.seconds,
        unit: "beats/s",
        what: "a server that only answers",
      },
      goal: { of: "measured", is: "at least", limit: 50_000 },
      notes: [
        `${sizes.beatingAttempts} attempts, each every ${INTERVAL} s for ${sizes.beatHours} h`,
        `${coresText(sent)}; a body took ${Math.round(sent.latencyMs.p50)} ms, at most ${Math.round(sent.latencyMs.max)} ms`,
      ],
    },
    {
      group: "beats",
      what: "bytes on disk for a beat",
      measured: { value: bytes / sent.taken, unit: "B" },
      reference: { value: await bytesOfRow(database), unit: "B", what: "a row for each beat" },
      goal: { of: "measured", is: "at most", limit: 0.5 },
      notes: [
        `tables and indexes after VACUUM, free space in them included; after VACUUM FULL ${(packed / sent.taken).toFixed(3)} B`,
      ],
    },
  ];
}

/** The attempts start before they beat, in runs of so many. */
function* starts(attempts: number, at: number): Generator<Json> {
  for (let first = 0; first < attempts; first += PER_RUN) {
    const job = { namespace: "trainer-prod", name: `training_${first / PER_RUN}` };
    const root: Named = { runId: beatingId(900_000_000 + first), job };
    yield voice.event({ type: "START", at, of: root, run: {}, jobFacets: {} });
    for (let n = first; n < Math.min(attempts, first + PER_RUN); n += 1) {
      const of = { runId: beatingId(n), job: { ...job, name: `${job.name}.train_${n - first}` } };
      yield voice.event({ type: "START", at, of, run: { parent: voice.parent(root, root) }, jobFacets: {} });
    }
  }
}

async function beatsKept(database: MeasuredDatabase): Promise<number> {
  const lives = await database.rows<{ attempt_id: string; signs: Uint8Array }>(
    "SELECT attempt_id, signs FROM life_sign",
  );
  const inLives = lives.map(({ attempt_id, signs }) => bucketsOf(unpackLife(attempt_id, signs).beats).length);
  const putAway = await database.number("SELECT coalesce(sum(bit_count(bits)), 0) FROM beat_chunk");
  return inLives.reduce((sum, count) => sum + count, putAway);
}

async function bytesKept(database: MeasuredDatabase, vacuum: "VACUUM" | "VACUUM FULL"): Promise<number> {
  for (const table of KEPT_IN) await database.rows(`${vacuum} ${table}`);
  await database.rows("CHECKPOINT");
  return database.number(
    "SELECT sum(pg_total_relation_size(name::regclass)) FROM unnest($1::text[]) AS name",
    [KEPT_IN],
  );
}

/** What a beat would take as a row with its attempt and its time, found by attempt. */
async function bytesOfRow(database: MeasuredDatabase): Promise<number> {
  const count = 200_000;
  await database.rows(
    "CREATE TABLE bare_beat (attempt_id uuid, at timestamptz, PRIMARY KEY (attempt_id, at))",
  );
  await database.rows(
    `INSERT INTO bare_beat
     SELECT lpad(to_hex(n % 500), 32, '0')::uuid, now() + interval '10 seconds' * (n / 500) FROM generate_series(1, $1::int) n`,
    [count],
  );
  return (await database.number("SELECT pg_total_relation_size('bare_beat')")) / count;
}
